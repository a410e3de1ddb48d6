package dev.deltadepth.distill;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** Photos and maps in rows, small enough to be looked at together. */
public final class ContactSheet {

  /** As many rows as fit a screen. */
  public static final int ROWS = 8;

  private static final int CELL_WIDTH = 240;
  private static final int CELL_HEIGHT = 180;
  private static final Colormap COLOURS = Colormap.named("inferno");

  private final List<List<RgbImage>> rows = new ArrayList<>();

  /** Adds a photo and maps of it, each map from its lowest to its highest value. */
  public void row(RgbImage photo, DepthMap... maps) {
    List<RgbImage> cells = new ArrayList<>();
    cells.add(photo);
    for (DepthMap map : maps) {
      cells.add(COLOURS.apply(map));
    }
    rows.add(cells);
  }

  /** The sheet; a dark pixel without a row. */
  public RgbImage image() {
    if (rows.isEmpty()) {
      return new RgbImage(1, 1, new byte[3]);
    }
    int columns = rows.stream().mapToInt(List::size).max().orElse(1);
    int width = columns * CELL_WIDTH;
    byte[] sheet = new byte[3 * width * rows.size() * CELL_HEIGHT];
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        int corner = (row * CELL_HEIGHT * width + column * CELL_WIDTH) * 3;
        paste(rows.get(row).get(column), sheet, corner, width);
      }
    }
    return new RgbImage(width, rows.size() * CELL_HEIGHT, sheet);
  }

  /** In the middle of its cell, as large as fits it. */
  private static void paste(RgbImage image, byte[] sheet, int corner, int sheetWidth) {
    double scale =
        Math.min((double) CELL_WIDTH / image.width(), (double) CELL_HEIGHT / image.height());
    int width = Math.max(1, (int) (image.width() * scale));
    int height = Math.max(1, (int) (image.height() * scale));
    RgbImage cell = Resizer.resize(image, width, height);
    int left = (CELL_WIDTH - width) / 2;
    int top = (CELL_HEIGHT - height) / 2;
    for (int y = 0; y < height; y++) {
      int to = corner + ((top + y) * sheetWidth + left) * 3;
      System.arraycopy(cell.data(), 3 * y * width, sheet, to, 3 * width);
    }
  }
}
