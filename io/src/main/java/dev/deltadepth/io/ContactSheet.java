package dev.deltadepth.io;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page of pictures in rows and columns, with titles above the columns and below the rows. */
public final class ContactSheet {
  private static final int CELL = 320;
  private static final int GAP = 12;
  private static final int LINE = 24;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x1e2126);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  /**
   * Starts a page.
   *
   * @param columns the columns' titles
   */
  public ContactSheet(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Pictures of one size. */
  private record Row(String name, List<RgbImage> cells) {
    int height() {
      return cells.get(0).height() + LINE + GAP / 2;
    }
  }

  /**
   * Adds a row. Its pictures are shrunk to the width of a column right away, so that no large one
   * is kept.
   *
   * @param name the row's title
   * @param cells pictures of one aspect ratio, one per column
   * @throws IllegalArgumentException if their number differs from that of the columns
   */
  public void add(String name, List<RgbImage> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a row of %d pictures for %d columns", cells.size(), columns.size()));
    }
    RgbImage first = cells.get(0);
    int height = Math.max(1, Math.round(CELL * (float) first.height() / first.width()));
    rows.add(
        new Row(name, cells.stream().map(cell -> Resizer.resize(cell, CELL, height)).toList()));
  }

  /** The number of rows. */
  public int rows() {
    return rows.size();
  }

  /** The page. */
  public RgbImage image() {
    int width = GAP + columns.size() * (CELL + GAP);
    int height = GAP + LINE + rows.stream().mapToInt(Row::height).sum();
    BufferedImage page = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = page.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(INK);
    for (int i = 0; i < columns.size(); i++) {
      text(graphics, TITLE, columns.get(i), left(i), GAP, CELL);
    }
    int top = GAP + LINE;
    for (Row row : rows) {
      for (int i = 0; i < row.cells().size(); i++) {
        graphics.drawImage(AwtImages.buffered(row.cells().get(i)), left(i), top, null);
      }
      top += row.height();
      text(graphics, NAME, row.name(), GAP, top - LINE - GAP / 2, width - 2 * GAP);
    }
    graphics.dispose();
    return AwtImages.rgb(page);
  }

  private static int left(int column) {
    return GAP + column * (CELL + GAP);
  }

  /** Draws one line from its upper left corner, shortened at its start if it is too long. */
  private static void text(Graphics2D graphics, Font font, String text, int x, int y, int width) {
    graphics.setFont(font);
    FontMetrics metrics = graphics.getFontMetrics();
    String shown = text;
    while (metrics.stringWidth(shown) > width && shown.length() > 2) {
      shown = "…" + shown.substring(2);
    }
    graphics.drawString(shown, x, y + metrics.getAscent());
  }
}
