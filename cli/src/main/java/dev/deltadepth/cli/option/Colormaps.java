package dev.deltadepth.cli.option;

import dev.deltadepth.core.Colormap;

/** The colour maps by name. */
public final class Colormaps extends Choice<Colormap> {
  /** For picocli. */
  public Colormaps() {
    super("colour map", Colormap.names().stream().map(Colormap::named).toList(), Colormap::name);
  }
}
