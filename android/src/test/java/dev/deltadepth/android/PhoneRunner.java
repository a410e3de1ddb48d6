package dev.deltadepth.android;

import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;

/** Runs tests on Android, with the ONNX Runtime of this machine: its library is loaded once. */
public final class PhoneRunner extends RobolectricTestRunner {
  /** Called by JUnit. */
  public PhoneRunner(Class<?> tests) throws InitializationError {
    super(tests);
  }

  @Override
  protected InstrumentationConfiguration createClassLoaderConfig(FrameworkMethod method) {
    return new InstrumentationConfiguration.Builder(super.createClassLoaderConfig(method))
        .doNotAcquirePackage("ai.onnxruntime.")
        .build();
  }
}
