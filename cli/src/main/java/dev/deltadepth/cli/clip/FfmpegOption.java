package dev.deltadepth.cli.clip;

import dev.deltadepth.video.FfmpegProgram;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --ffmpeg}. */
final class FfmpegOption {
  @Option(
      names = "--ffmpeg",
      paramLabel = "PATH",
      description = "Another FFmpeg program than the one that comes along.")
  private Optional<Path> path = Optional.empty();

  FfmpegProgram program() {
    return path.map(FfmpegProgram::at).orElseGet(FfmpegProgram::packed);
  }
}
