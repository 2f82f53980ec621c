import { Camera, ImagePlus } from 'lucide-react';
import { BatchChip } from './batch/BatchChip';
import { ModeSwitch } from './compare/ModeSwitch';
import { WallMenu } from './compare/WallMenu';
import { ChooseButton } from './FilePicker';
import { forgetEverything } from '../session';
import { MoreMenu } from './MoreMenu';
import { PhotoMenu } from './PhotoMenu';
import { SaveMenu } from './SaveMenu';
import { ThemeButton } from './ThemeButton';
import { UndoButtons } from './UndoButtons';
import { useApp } from './use-app';

export function TopBar() {
  const comparing = useApp((state) => state.comparing);
  return (
    <header className="top">
      <p className="wordmark">Statistyle</p>
      <div className="photo">
        <ChooseButton slot="photo" name="Photo file">
          <ImagePlus />
          <span className="wide-text">Open photo</span>
        </ChooseButton>
        <ChooseButton slot="photo" name="Photo from the camera" className="button touch-only" camera>
          <Camera />
          <span className="wide-text">Take a photo</span>
        </ChooseButton>
        <PhotoMenu />
      </div>
      <ModeSwitch />
      <div className="top-end">
        <BatchChip />
        <UndoButtons />
        <MoreMenu onForget={forgetEverything} />
        <ThemeButton />
        {comparing ? <WallMenu /> : <SaveMenu />}
      </div>
    </header>
  );
}
