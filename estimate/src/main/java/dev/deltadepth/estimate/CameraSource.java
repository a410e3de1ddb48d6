package dev.deltadepth.estimate;

import dev.deltadepth.core.space.Camera;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.space.CameraFile;
import dev.deltadepth.io.space.KnownCamera;
import dev.deltadepth.io.space.PhotoCamera;
import java.nio.file.Path;

/** Where the camera of a photo is from. */
@FunctionalInterface
public interface CameraSource {

  /**
   * The camera of a photo.
   *
   * @param photo its file
   * @param width of the picture as it was read, upright
   * @param height of the picture as it was read
   * @throws dev.deltadepth.io.FileException if it cannot be had; the message names the file
   */
  KnownCamera of(Path photo, int width, int height);

  /** What the photo's EXIF data say, else {@link Camera#unknown}. */
  static CameraSource photo() {
    return (photo, width, height) ->
        PhotoCamera.of(ImageFiles.content(photo), width, height)
            .orElse(KnownCamera.unknown(width, height));
  }

  /** A calibration file, see {@link CameraFile}. */
  static CameraSource file(Path file) {
    return (photo, width, height) -> CameraFile.read(file, width, height);
  }

  /** The field of view along the longer side, in degrees. */
  static CameraSource fieldOfView(double degrees) {
    return (photo, width, height) ->
        new KnownCamera(
            Camera.ofFieldOfView(width, height, degrees), degrees + " degrees, as given");
  }

  /** The focal length in millimetres on 35 mm film. */
  static CameraSource film(double millimetres) {
    return (photo, width, height) ->
        new KnownCamera(
            Camera.ofFocalLength35mm(width, height, millimetres),
            millimetres + " mm on 35 mm film, as given");
  }

  /** The focal length in pixels of the picture. */
  static CameraSource pixels(double pixels) {
    return (photo, width, height) ->
        new KnownCamera(
            Camera.ofFocalLength(width, height, pixels),
            "focal length of " + pixels + " pixels, as given");
  }
}
