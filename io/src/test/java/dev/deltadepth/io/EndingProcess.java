package dev.deltadepth.io;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that ends in the middle of its work. */
public final class EndingProcess {
  /** Milliseconds that it works. */
  private static final int LIFE = 300;

  private EndingProcess() {}

  /**
   * Runs a program with a folder as its argument until it ends.
   *
   * @return its exit code
   */
  public static int run(Class<?> program, Path folder) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", classes, program.getName(), folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Does work on another thread each, and ends this process meanwhile. */
  public static void during(Runnable... work) throws InterruptedException {
    for (Runnable one : work) {
      Thread thread = new Thread(one);
      thread.setDaemon(true);
      thread.start();
    }
    Thread.sleep(LIFE);
    System.exit(0);
  }
}
