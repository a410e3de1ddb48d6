package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.deltadepth.nn.DepthAnythingV2;
import java.util.List;
import java.util.function.UnaryOperator;

/** The teacher in a recipe, selected by {@code name}; {@code onnx} by default. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name", defaultImpl = TeacherSource.Onnx.class)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "onnx", value = TeacherSource.Onnx.class),
  @JsonSubTypes.Type(name = "depth-anything-v2", value = TeacherSource.DepthAnything.class),
  @JsonSubTypes.Type(name = "student", value = TeacherSource.Trained.class),
  @JsonSubTypes.Type(name = "cached", value = TeacherSource.Cached.class),
  @JsonSubTypes.Type(name = "views", value = TeacherSource.Views.class),
  @JsonSubTypes.Type(name = "mixed", value = TeacherSource.Mixed.class),
  @JsonSubTypes.Type(name = "scenes", value = TeacherSource.Scenes.class)
})
public sealed interface TeacherSource {

  /** The same with every path mapped. */
  TeacherSource mapped(UnaryOperator<String> path);

  /** Whether it has labels for whole photos only and cannot label other images. */
  default boolean wholePhotos() {
    return false;
  }

  /**
   * An ONNX model.
   *
   * @param model its file, with a description in it or beside it
   */
  record Onnx(String model) implements TeacherSource {
    /** Checks the value. */
    public Onnx {
      Checks.require(model, "teacher: model");
    }

    @Override
    public TeacherSource mapped(UnaryOperator<String> path) {
      return new Onnx(path.apply(model));
    }
  }

  /**
   * Depth Anything V2.
   *
   * @param weights the published weights, .pth or .safetensors
   * @param encoder {@code vits}, {@code vitb} or {@code vitl}
   * @param size shorter side of its input in pixels, a multiple of 14
   */
  record DepthAnything(String weights, String encoder, int size) implements TeacherSource {
    /** Checks the values. */
    public DepthAnything {
      Checks.require(weights, "teacher: weights");
      Checks.require(encoder, "teacher: encoder");
      Checks.within("teacher: size", size, DepthAnythingV2.PATCH, 2044);
      Checks.multiple("teacher: size", size, DepthAnythingV2.PATCH);
    }

    @Override
    public TeacherSource mapped(UnaryOperator<String> path) {
      return new DepthAnything(path.apply(weights), encoder, size);
    }
  }

  /**
   * A student trained by Delta, with all of its encoder's feature maps.
   *
   * @param weights a run folder or a safetensors file, or {@link Recipe#EMBEDDED}; in a file with
   *     several recipes also the name of an earlier one
   */
  record Trained(String weights) implements TeacherSource {
    /** Checks the value. */
    public Trained {
      Checks.require(weights, "teacher: weights");
    }

    @Override
    public TeacherSource mapped(UnaryOperator<String> path) {
      return weights.equals(Recipe.EMBEDDED) ? this : new Trained(path.apply(weights));
    }
  }

  /**
   * Labels that {@code delta label} wrote.
   *
   * @param labels their folder
   */
  record Cached(String labels) implements TeacherSource {
    /** Checks the value. */
    public Cached {
      Checks.require(labels, "teacher: labels");
    }

    @Override
    public TeacherSource mapped(UnaryOperator<String> path) {
      return new Cached(path.apply(labels));
    }

    @Override
    public boolean wholePhotos() {
      return true;
    }
  }

  /**
   * Another teacher, run several times on every image.
   *
   * @param of the other teacher
   * @param scales of its native size, ascending, such as 1 and 2
   * @param flip whether it also labels the mirrored image
   */
  record Views(TeacherSource of, List<Double> scales, boolean flip) implements TeacherSource {
    /** Checks the values. */
    public Views {
      Checks.require(of, "teacher: of");
      Checks.require(scales, "teacher: scales");
      scales = List.copyOf(scales);
      Checks.within("the number of teacher: scales", scales.size(), 1, 4);
      for (int i = 0; i < scales.size(); i++) {
        Checks.within("teacher: scales", scales.get(i), i == 0 ? 0.25 : scales.get(i - 1), 8);
      }
    }

    @Override
    public TeacherSource mapped(UnaryOperator<String> path) {
      return new Views(of.mapped(path), scales, flip);
    }

    @Override
    public boolean wholePhotos() {
      return of.wholePhotos();
    }
  }

  /**
   * A teacher for all pictures, and one that knows some of them better.
   *
   * @param of the teacher for all
   * @param specialist the other one
   * @param share of the specialist in the label of a picture that it is sure about, 0..1
   */
  record Mixed(TeacherSource of, TeacherSource specialist, double share) implements TeacherSource {
    /** Checks the values. */
    public Mixed {
      Checks.require(of, "teacher: of");
      Checks.require(specialist, "teacher: specialist");
      Checks.within("teacher: share", share, 0, 1);
    }

    @Override
    public TeacherSource mapped(UnaryOperator<String> path) {
      return new Mixed(of.mapped(path), specialist.mapped(path), share);
    }

    @Override
    public boolean wholePhotos() {
      return of.wholePhotos() || specialist.wholePhotos();
    }
  }

  /** The exact depth of the rendered scenes that a recipe has in place of photos. */
  record Scenes() implements TeacherSource {
    @Override
    public TeacherSource mapped(UnaryOperator<String> path) {
      return this;
    }

    @Override
    public boolean wholePhotos() {
      return true;
    }
  }
}
