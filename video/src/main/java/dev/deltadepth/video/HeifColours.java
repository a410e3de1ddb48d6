package dev.deltadepth.video;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * How the samples of a picture in HEIF are to be understood: the codes of ITU-T H.273 in its box
 * {@code colr}.
 */
record HeifColours(int primaries, int transfer, int matrix, boolean full) {

  /** The four letters of a box that has numbers of a code, not a profile. */
  private static final int NCLX = 0x6e636c78;

  private static final String SCALER =
      "scale=out_range=pc:flags=accurate_rnd+full_chroma_int+bilinear";

  /** Those that an item names; empty if it names none. */
  static Optional<HeifColours> of(List<HeifFile.Property> properties) {
    for (HeifFile.Property property : properties) {
      ByteBuffer box = property.body().slice();
      if (property.type().equals("colr") && box.remaining() >= 11 && box.getInt() == NCLX) {
        return Optional.of(
            new HeifColours(
                box.getShort(), box.getShort(), box.getShort(), (box.get() & 0x80) != 0));
      }
    }
    return Optional.empty();
  }

  /** FFmpeg's name of their kind of HDR. */
  Optional<String> hdr() {
    return Tones.hdr(transfer);
  }

  /** FFmpeg's filters to RGB where nothing is named: as the stream says. */
  static String usual() {
    return SCALER;
  }

  /** FFmpeg's filters to RGB, the tones as they are. */
  String plain() {
    String named =
        switch (matrix) {
          case 1 -> "bt709";
          case 9, 10 -> "bt2020";
          default -> "bt601";
        };
    return SCALER + ":in_color_matrix=" + named + ":in_range=" + (full ? "pc" : "tv");
  }

  /** FFmpeg's filters to RGB, the tones of HDR as a screen can show them. */
  String mapped() {
    String light =
        switch (primaries) {
          case 1 -> "bt709";
          case 11 -> "smpte431";
          case 12 -> "smpte432";
          default -> "bt2020";
        };
    String channels =
        switch (matrix) {
          case 0 -> "gbr";
          case 1 -> "bt709";
          case 5, 6 -> "smpte170m";
          case 10 -> "bt2020c";
          default -> "bt2020nc";
        };
    return "setparams=color_primaries=%s:color_trc=%s:colorspace=%s:range=%s,"
            .formatted(light, hdr().orElseThrow(), channels, full ? "pc" : "tv")
        + Tones.MAPPED;
  }
}
