import { SAMPLES } from '../samples';
import { ChooseButton } from './FilePicker';
import { useAppStore } from './use-app';

/** No photo: an invitation, and samples one click away. */
export function EmptyStage() {
  const store = useAppStore();
  return (
    <div className="empty">
      <h2>
        <span className="mouse-only">Drop a photo here</span>
        <span className="touch-only">Begin with a photo</span>
      </h2>
      <p>
        <span className="mouse-only">or paste one. </span>It stays on this device.
      </p>
      <div className="empty-actions">
        <ChooseButton slot="photo" name="Photo file" className="button primary">
          Choose a photo
        </ChooseButton>
        <span className="touch-only">
          <ChooseButton slot="photo" name="Photo from the camera" camera>
            Take a photo
          </ChooseButton>
        </span>
      </div>
      <p className="empty-samples-title" id="samples-title">
        Or begin with one of these
      </p>
      <ul className="empty-samples" aria-labelledby="samples-title">
        {SAMPLES.map((sample) => (
          <li key={sample.id}>
            <button type="button" onClick={() => void store.getState().open('photo', sample)}>
              <img src={sample.url} alt="" loading="lazy" />
              {sample.name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
