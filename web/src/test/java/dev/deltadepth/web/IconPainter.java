package dev.deltadepth.web;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws the app's PNG icons, the same triangles as icon.svg: {@code java IconPainter.java
 * src/main/app} in the folder of the module.
 */
final class IconPainter {
  private static final double GRID = 64;

  private IconPainter() {}

  public static void main(String[] folder) throws IOException {
    for (String name : new String[] {"icon-180", "icon-192", "icon-512", "icon-maskable"}) {
      ImageIO.write(paint(name), "png", Path.of(folder[0], name + ".png").toFile());
    }
  }

  /** The icon of that name; systems cut a maskable one and Apple's to their own shape. */
  static BufferedImage paint(String name) {
    boolean maskable = name.equals("icon-maskable");
    int side = maskable ? 512 : Integer.parseInt(name.substring(name.indexOf('-') + 1));
    boolean whole = maskable || side == 180;
    BufferedImage image =
        new BufferedImage(
            side, side, whole ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(side / GRID, side / GRID);
    graphics.setColor(new Color(0x1b1030));
    double corner = whole ? 0 : 30;
    graphics.fill(new RoundRectangle2D.Double(0, 0, GRID, GRID, corner, corner));
    if (maskable) {
      // What may be cut off is a fifth at each side.
      graphics.translate(GRID * 0.14, GRID * 0.12);
      graphics.scale(0.72, 0.72);
    }
    triangle(graphics, 0x7c1d6d, 10, 22);
    triangle(graphics, 0xdd513a, 23, 15.2);
    triangle(graphics, 0xfcb519, 36, 8.4);
    graphics.dispose();
    return image;
  }

  private static void triangle(Graphics2D graphics, int colour, double top, double half) {
    Path2D path = new Path2D.Double();
    path.moveTo(32, top);
    path.lineTo(32 + half, 52);
    path.lineTo(32 - half, 52);
    path.closePath();
    graphics.setColor(new Color(colour));
    graphics.fill(path);
  }
}
