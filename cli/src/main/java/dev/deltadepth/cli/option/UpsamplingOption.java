package dev.deltadepth.cli.option;

import dev.deltadepth.core.Upsampling;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --upsampling}: how maps are brought to the size of their photos. */
public final class UpsamplingOption {
  @Option(
      names = "--upsampling",
      paramLabel = "KIND",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description =
          """
          How the network's map is brought to the photo's size: ${COMPLETION-CANDIDATES}. joint \
          follows the photo's edges, bilinear does not look at the photo (default: joint).\
          """)
  private Upsampling kind = Upsampling.JOINT;

  /** The kinds by name. */
  static final class Kinds extends Choice<Upsampling> {
    Kinds() {
      super("upsampling", List.of(Upsampling.values()), Upsampling::toString);
    }
  }

  /** The kind that was asked for. */
  public Upsampling kind() {
    return kind;
  }
}
