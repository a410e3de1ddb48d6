package dev.deltadepth.cli.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, which the build wrote into a resource. */
public final class Version implements IVersionProvider {
  /** The program's name and version. */
  public static String line() {
    return new Version().getVersion()[0];
  }

  @Override
  public String[] getVersion() {
    Properties properties = new Properties();
    try (InputStream in =
        Version.class.getResourceAsStream("/dev/deltadepth/cli/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {"delta " + properties.getProperty("version", "unknown")};
  }
}
