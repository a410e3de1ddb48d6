package dev.deltadepth.eval;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** A page of pictures in rows and columns, with a title above each column and below each row. */
final class ContactSheet {
  private static final int CELL = 320;
  private static final int GAP = 12;
  private static final int LINE = 24;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x1e2126);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private ContactSheet() {}

  /**
   * A row.
   *
   * @param name what stands below it
   * @param cells pictures of one size, as many as there are columns
   */
  record Row(String name, List<RgbImage> cells) {
    /** The row at the width at which it is drawn, so that no large picture has to be kept. */
    Row small() {
      RgbImage first = cells.get(0);
      int height = Math.max(1, Math.round(CELL * (float) first.height() / first.width()));
      return new Row(name, cells.stream().map(cell -> Resizer.resize(cell, CELL, height)).toList());
    }
  }

  static RgbImage draw(List<String> columns, List<Row> rows) {
    List<Row> small = rows.stream().map(Row::small).toList();
    int width = GAP + columns.size() * (CELL + GAP);
    int height = GAP + LINE + small.stream().mapToInt(ContactSheet::height).sum();
    BufferedImage page = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = page.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(INK);
    for (int i = 0; i < columns.size(); i++) {
      text(graphics, TITLE, columns.get(i), GAP + i * (CELL + GAP), GAP, CELL);
    }
    int top = GAP + LINE;
    for (Row row : small) {
      for (int i = 0; i < row.cells().size(); i++) {
        graphics.drawImage(image(row.cells().get(i)), GAP + i * (CELL + GAP), top, null);
      }
      text(graphics, NAME, row.name(), GAP, top + height(row) - LINE - GAP / 2, width - 2 * GAP);
      top += height(row);
    }
    graphics.dispose();
    return rgb(page);
  }

  private static int height(Row row) {
    return row.cells().get(0).height() + LINE + GAP / 2;
  }

  /** One line from its upper left corner, shortened in front where it is too long. */
  private static void text(Graphics2D graphics, Font font, String text, int x, int y, int width) {
    graphics.setFont(font);
    FontMetrics metrics = graphics.getFontMetrics();
    String shown = text;
    while (metrics.stringWidth(shown) > width && shown.length() > 2) {
      shown = "…" + shown.substring(2);
    }
    graphics.drawString(shown, x, y + metrics.getAscent());
  }

  private static BufferedImage image(RgbImage picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int red = picture.value(x, y, 0) << 16;
        image.setRGB(x, y, red | picture.value(x, y, 1) << 8 | picture.value(x, y, 2));
      }
    }
    return image;
  }

  private static RgbImage rgb(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] data = new byte[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      data[3 * i] = (byte) (pixels[i] >> 16);
      data[3 * i + 1] = (byte) (pixels[i] >> 8);
      data[3 * i + 2] = (byte) pixels[i];
    }
    return new RgbImage(image.getWidth(), image.getHeight(), data);
  }
}
