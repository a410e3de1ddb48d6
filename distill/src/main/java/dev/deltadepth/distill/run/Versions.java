package dev.deltadepth.distill.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/**
 * Versions of the software that trained a model.
 *
 * @param delta the version of this project
 * @param commit of its sources; "unknown" if built without Git
 * @param java of the virtual machine
 * @param pytorch of libtorch and its bindings
 * @param onnxruntime of ONNX Runtime
 */
public record Versions(
    String delta, String commit, String java, String pytorch, String onnxruntime) {

  /** The versions recorded by the build, and that of the running Java. */
  public static Versions ofThisBuild() {
    Properties built = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      built.load(Objects.requireNonNull(in, "versions.properties"));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the versions of this build", e);
    }
    String commit = built.getProperty("commit", "");
    return new Versions(
        built.getProperty("delta", "unknown"),
        commit.matches("[0-9a-f]{7,64}") ? commit : "unknown",
        Runtime.version().toString(),
        built.getProperty("pytorch", "unknown"),
        built.getProperty("onnxruntime", "unknown"));
  }
}
