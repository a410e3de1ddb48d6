package dev.deltadepth.estimate;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.core.space.Normals;
import dev.deltadepth.core.space.PointCloud;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.MapDescription.Origin;
import dev.deltadepth.io.map.MetricPng;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.io.space.GlbFile;
import dev.deltadepth.io.space.KnownCamera;
import dev.deltadepth.io.space.ObjFile;
import dev.deltadepth.io.space.PlyFile;
import dev.deltadepth.io.view.StereoFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The metres and the scene of one photo's map, made when a format needs them. */
final class SceneFiles {
  private final SceneOutput output;
  private final PhotoFiles.Photo file;
  private final RgbImage photo;
  private final DepthMap map;
  private final Origin origin;
  private final Consumer<String> notes;
  private Optional<DepthMap> depth = Optional.empty();
  private Optional<Camera> camera = Optional.empty();

  SceneFiles(
      SceneOutput output,
      PhotoFiles.Photo file,
      RgbImage photo,
      DepthMap map,
      Origin origin,
      Consumer<String> notes) {
    this.output = output;
    this.file = file;
    this.photo = photo;
    this.map = map;
    this.origin = origin;
    this.notes = note -> notes.accept(file.shown() + ": " + note);
  }

  /**
   * The map as a format of maps holds it: in metres if they are known, colours always by disparity.
   */
  DepthMap map(DepthFormat format) {
    if (output.calibrator().isEmpty() || format == DepthFormat.PNG || format == DepthFormat.SIDE) {
      return map;
    }
    DepthMap metres = depth();
    int far = format == DepthFormat.PNG16 ? MetricPng.tooFar(metres, output.steps()) : 0;
    if (far > 0) {
      notes.accept(
          far
              + (far == 1 ? " pixel is" : " pixels are")
              + " too far for 16 bits and stored as 0"
              + (output.steps() > MetricPng.KITTI ? "; --steps-per-metre 256 reaches 256 m" : ""));
    }
    return metres;
  }

  private DepthMap depth() {
    if (depth.isEmpty()) {
      Calibrator calibrator = output.calibrator().orElse(Calibrator.unknown());
      Calibration.Depth found = calibrator.of(file.file(), map, origin, notes).apply(map);
      if (!found.depth().varies()) {
        throw new FileException(
            file.shown() + ": the calibration leaves no depth in front of the camera; check it");
      }
      if (found.behind() > 0) {
        notes.accept(
            String.format(
                Locale.ROOT,
                "%d pixels (%.1f %%) would be behind the camera and have no depth",
                found.behind(),
                100.0 * found.behind() / map.data().length));
      }
      depth = Optional.of(found.depth());
    }
    return depth.get();
  }

  private Camera camera() {
    if (camera.isEmpty()) {
      KnownCamera known = output.camera().of(file.file(), photo.width(), photo.height());
      notes.accept("camera: " + known.origin());
      camera = Optional.of(known.camera());
    }
    return camera.get();
  }

  /**
   * Writes the scene in a format.
   *
   * @throws FileException if it cannot be written, or nothing is left of it
   */
  void write(DepthFormat format, Path to) {
    try {
      switch (format) {
        case PLY -> PlyFile.write(cloud(), to);
        case GLB -> GlbFile.write(mesh(), photo, camera(), to);
        case OBJ -> ObjFile.write(mesh(), photo, to);
        case NORMALS -> ImageFiles.writePng(normals().picture(), to);
        case NORMALS_NPY -> NpyFile.write(normals().array(), to);
        case ANAGLYPH -> StereoFormat.ANAGLYPH.write(pair(), Camera.DEFAULT_FIELD_OF_VIEW, to);
        case SBS -> StereoFormat.SBS.write(pair(), Camera.DEFAULT_FIELD_OF_VIEW, to);
        default -> throw new IllegalStateException();
      }
    } catch (IllegalArgumentException e) {
      throw new FileException(file.shown() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes the scene in a format of one file to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   * @throws FileException if nothing is left of it, or the format has several files
   */
  void write(DepthFormat format, OutputStream out) throws IOException {
    try {
      switch (format) {
        case PLY -> PlyFile.write(cloud(), out);
        case GLB -> GlbFile.write(mesh(), photo, camera(), out);
        case NORMALS -> out.write(ImageFiles.png(normals().picture()));
        case NORMALS_NPY -> NpyFile.write(normals().array(), out);
        case ANAGLYPH -> out.write(StereoFormat.ANAGLYPH.encode(pair()));
        case SBS -> out.write(StereoFormat.SBS.encode(pair()));
        default ->
            throw new FileException(
                "the format '" + format.label() + "' has several files: give -o a folder");
      }
    } catch (IllegalArgumentException e) {
      throw new FileException(file.shown() + ": " + e.getMessage(), e);
    }
  }

  private PointCloud cloud() {
    return PointCloud.of(depth(), photo, camera(), output.stride(photo.width(), photo.height()));
  }

  private Mesh mesh() {
    return Mesh.of(depth(), photo, camera(), output.stride(photo.width(), photo.height()));
  }

  /** Stereo needs neither metres nor a camera. */
  private StereoPair pair() {
    return StereoPair.of(photo, map, Stereo.defaults());
  }

  private Normals normals() {
    return Normals.of(depth(), camera());
  }
}
