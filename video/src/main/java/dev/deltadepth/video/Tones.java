package dev.deltadepth.video;

import java.util.Optional;

/** Tones of HDR, brought to those of a screen by FFmpeg. */
public final class Tones {

  /** Filters that make sRGB's tones of HDR whose colours are known. */
  public static final String MAPPED =
      "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
          + "zscale=t=bt709:m=bt709:r=full,format=gbrp";

  /** Numbers of ITU-T H.273. */
  private static final int PQ = 16;

  private static final int HLG = 18;

  private Tones() {}

  /** Whether an FFmpeg has the filters. */
  public static boolean areIn(FfmpegProgram program) {
    return program.has("filters", "zscale") && program.has("filters", "tonemap");
  }

  /** What kind of HDR a code stands for: FFmpeg's name of it. */
  static Optional<String> hdr(int transfer) {
    return switch (transfer) {
      case PQ -> Optional.of("smpte2084");
      case HLG -> Optional.of("arib-std-b67");
      default -> Optional.empty();
    };
  }

  /** The name of a kind of HDR in messages. */
  public static String name(String transfer) {
    return transfer.equals("smpte2084") ? "HDR (PQ)" : "HDR (HLG)";
  }

  /** What is said of a picture or video whose tones are HDR. */
  public static String note(String shown, String transfer, boolean mapped) {
    return "%s is %s: its tones are %s"
        .formatted(
            shown,
            name(transfer),
            mapped
                ? "mapped to those of a screen"
                : "read as they are, because this FFmpeg has no zscale and tonemap");
  }
}
