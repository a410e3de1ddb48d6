package dev.deltadepth.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.deltadepth.runtime.ModelDescription.Feature;
import dev.deltadepth.runtime.ModelDescription.OtherInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Opens ONNX Runtime sessions, and explains why one cannot be opened. */
final class Sessions {
  /** Whether telemetry is off. */
  private static boolean silent;

  private Sessions() {}

  /**
   * The process's environment; ONNX Runtime keeps one for all sessions and never closes it.
   *
   * <p>Telemetry is off. ONNX Runtime 1.28, the version this project depends on, can report on
   * Windows only, and stops when told so here. From 1.29 on the libraries for Linux and macOS
   * report as well, and creating the environment already stores a device id and sends an event:
   * whoever puts such a version on the class path has to set {@code ORT_DISABLE_TELEMETRY=1} before
   * Java starts.
   */
  static synchronized OrtEnvironment environment() {
    try {
      // It is the same one after the first time.
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      if (!silent) {
        environment.setTelemetry(false);
        silent = true;
      }
      return environment;
    } catch (LinkageError e) {
      throw new ModelException(
          "the system cannot load ONNX Runtime's library ("
              + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
              + "); is there enough memory, and room in the temporary folder?",
          e);
    } catch (OrtException e) {
      throw new ModelException("cannot switch off ONNX Runtime's telemetry: " + reason(e), e);
    }
  }

  static OrtSession open(ModelSource source, EstimatorOptions options) {
    if (source.file().isPresent()) {
      Path file = source.file().get();
      check(file);
      return open(
          file.toString(), options, set -> environment().createSession(file.toString(), set));
    }
    if (source.mapped().isPresent()) {
      ByteBuffer onnx = source.mapped().get();
      return open(source.toString(), options, set -> environment().createSession(onnx, set));
    }
    return open(source.toString(), source.bytes(), options);
  }

  static OrtSession open(String name, byte[] onnx, EstimatorOptions options) {
    return open(name, options, set -> environment().createSession(onnx, set));
  }

  /** ONNX Runtime's own errors do not tell these apart. */
  private static void check(Path onnx) {
    ModelSource.requireFile(onnx);
    try (InputStream in = Files.newInputStream(onnx)) {
      if (in.read() < 0) {
        throw new ModelException(onnx + " is empty; download or export the model again");
      }
    } catch (IOException e) {
      throw ModelSource.unreadable(onnx, e);
    }
  }

  private interface Opener {
    OrtSession open(SessionOptions options) throws OrtException;
  }

  private static OrtSession open(String name, EstimatorOptions options, Opener opener) {
    // Whatever comes first loads the library, and only this says why it cannot be.
    environment();
    try (SessionOptions set = new SessionOptions()) {
      set.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      // Threads that spin between operators take time from decoding, encoding and other processes:
      // without spinning, a run takes half as long on a busy machine, and the same on an idle one.
      set.addConfigEntry("session.intra_op.allow_spinning", "0");
      // Where attention is confident, most of its weights are denormal numbers, whose arithmetic is
      // many times slower; compared with the others they are zero anyway.
      set.addConfigEntry("session.set_denormal_as_zero", "1");
      // Without VNNI, sums of two products of bytes may overflow 16 bits; this takes wider sums.
      set.addConfigEntry("session.x64quantprecision", "1");
      if (options.threads() > 0) {
        set.setIntraOpNumThreads(options.threads());
      }
      for (Provider provider : options.providers()) {
        add(provider, options, set);
      }
      return opener.open(set);
    } catch (OrtException e) {
      throw new ModelException(
          name
              + " is not a model that ONNX Runtime can load ("
              + reason(e)
              + "); check that the .onnx file is complete",
          e);
    }
  }

  private static void add(Provider provider, EstimatorOptions asked, SessionOptions options)
      throws OrtException {
    if (!Provider.available().contains(provider)) {
      throw new ModelException(
          "this ONNX Runtime does not support "
              + provider
              + "; choose from "
              + Provider.available());
    }
    provider.addTo(options, asked);
  }

  static Map<String, String> metadata(OrtSession session) {
    try {
      Map<String, String> metadata = new HashMap<>();
      session
          .getMetadata()
          .getCustomMetadata()
          .forEach(
              (key, value) -> {
                // ONNX Runtime gives null for a key that holds a zero byte.
                if (key != null && value != null) {
                  metadata.put(key, value);
                }
              });
      return metadata;
    } catch (OrtException e) {
      throw new ModelException("cannot read the model's metadata: " + reason(e), e);
    }
  }

  /** Checks that the model has the inputs and outputs which the description names. */
  static void check(String file, ModelDescription description, OrtSession session) {
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      NodeInfo input = named(file, "input", description.input().name(), inputs);
      Set<String> known = new TreeSet<>(Set.of(input.getName()));
      for (OtherInput other : description.otherInputs()) {
        known.add(named(file, "input", other.name(), inputs).getName());
      }
      if (!known.containsAll(inputs.keySet())) {
        throw new ModelException(
            file
                + " has the inputs "
                + inputs.keySet()
                + "; those beside the photo must be in its description's other_inputs");
      }
      OnnxJavaType type = type(input);
      if (type != new InputWriter(description.input()).type()) {
        throw new ModelException(
            file
                + ": input "
                + input.getName()
                + " holds "
                + type
                + ", but its description says "
                + description.input().element()
                + "; correct the description");
      }
      Map<String, NodeInfo> outputs = session.getOutputInfo();
      checkFloats(file, named(file, "output", description.output().name(), outputs));
      for (Feature feature : description.features()) {
        checkFloats(file, named(file, "output", feature.name(), outputs));
      }
    } catch (OrtException e) {
      throw new ModelException("cannot inspect " + file + ": " + reason(e), e);
    }
  }

  /** Whether the length of an input's first axis is free. */
  static boolean hasFreeBatch(OrtSession session, String input) {
    try {
      NodeInfo node = session.getInputInfo().get(input);
      return node != null
          && node.getInfo() instanceof TensorInfo tensor
          && tensor.getShape().length == 4
          && tensor.getShape()[0] < 0;
    } catch (OrtException e) {
      throw new ModelException("cannot inspect the model: " + reason(e), e);
    }
  }

  private static NodeInfo named(
      String file, String role, String name, Map<String, NodeInfo> there) {
    NodeInfo info = there.get(name);
    if (info == null) {
      throw new ModelException(
          file
              + " has no "
              + role
              + " '"
              + name
              + "' as its description says; it has "
              + String.join(", ", new TreeSet<>(there.keySet())));
    }
    return info;
  }

  private static void checkFloats(String file, NodeInfo output) {
    if (type(output) != OnnxJavaType.FLOAT && type(output) != OnnxJavaType.FLOAT16) {
      throw new ModelException(
          file
              + ": output "
              + output.getName()
              + " holds "
              + type(output)
              + "; only floats of 32 and 16 bits are read, so export the model with them");
    }
  }

  private static OnnxJavaType type(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor ? tensor.type : OnnxJavaType.UNKNOWN;
  }

  /** Runs the next step and closes the session if that throws. */
  static <T> T closingOnFailure(OrtSession session, Supplier<T> next) {
    boolean done = false;
    try {
      T result = next.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        try {
          session.close();
        } catch (OrtException e) {
          // The first error says more than this one.
        }
      }
    }
  }

  /** ONNX Runtime's own message without its code, on one line. */
  static String reason(OrtException e) {
    String message = String.valueOf(e.getMessage());
    int start = message.indexOf("message: ");
    String words = start < 0 ? message : message.substring(start + "message: ".length());
    return words.trim().replaceAll("\\s+", " ");
  }
}
