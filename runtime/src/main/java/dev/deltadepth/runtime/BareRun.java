package dev.deltadepth.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Set;

/**
 * A model with its input prepared: ONNX Runtime alone, to measure what everything around it adds.
 * Close it before the model.
 */
public final class BareRun implements AutoCloseable {
  private final String file;
  private final OrtSession session;
  private final Map<String, OnnxTensor> input;
  private final Set<String> wanted;

  BareRun(String file, OrtSession session, Map<String, OnnxTensor> input, Set<String> wanted) {
    this.file = file;
    this.session = session;
    this.input = input;
    this.wanted = wanted;
  }

  /**
   * Runs the model and discards its output.
   *
   * @throws ModelException if the model refuses the size or fails
   */
  public void run() {
    try {
      session.run(input, wanted).close();
    } catch (OrtException e) {
      throw new ModelException(file + " failed: " + Sessions.reason(e), e);
    }
  }

  @Override
  public void close() {
    input.values().forEach(OnnxTensor::close);
  }
}
