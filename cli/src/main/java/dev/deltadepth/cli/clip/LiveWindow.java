package dev.deltadepth.cli.clip;

import dev.deltadepth.core.RgbImage;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** The window of {@code delta live}. */
final class LiveWindow implements AutoCloseable {
  private static final int MARGIN = 8;

  private final JFrame window;
  private final Canvas canvas = new Canvas();
  private boolean sized;

  /**
   * Opens it.
   *
   * @param keys takes the characters typed and says whether to go on
   * @param closed is told when the user is done
   */
  LiveWindow(String title, Predicate<Character> keys, Runnable closed) {
    window = new JFrame(title);
    window.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    window.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            closed.run();
          }
        });
    window.addKeyListener(
        new KeyAdapter() {
          @Override
          public void keyTyped(KeyEvent event) {
            if (!keys.test(event.getKeyChar())) {
              closed.run();
            }
          }
        });
    canvas.setPreferredSize(new Dimension(960, 360));
    window.add(canvas);
    window.pack();
    window.setLocationByPlatform(true);
    window.setVisible(true);
  }

  /** Shows a picture with lines of text on it. */
  void show(RgbImage picture, List<String> lines) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[picture.width() * picture.height()];
    byte[] rgb = picture.data();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
    }
    image.setRGB(0, 0, picture.width(), picture.height(), pixels, 0, picture.width());
    SwingUtilities.invokeLater(
        () -> {
          canvas.shown = Optional.of(image);
          canvas.lines = lines;
          if (!sized) {
            sized = true;
            canvas.setPreferredSize(new Dimension(image.getWidth(), image.getHeight()));
            window.pack();
          }
          canvas.repaint();
        });
  }

  @Override
  public void close() {
    SwingUtilities.invokeLater(window::dispose);
  }

  /** The picture, as large as the window allows. */
  private static final class Canvas extends JPanel {
    private static final long serialVersionUID = 1;

    private transient Optional<BufferedImage> shown = Optional.empty();
    private transient List<String> lines = List.of();

    Canvas() {
      setBackground(Color.BLACK);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
      super.paintComponent(graphics);
      if (shown.isEmpty()) {
        return;
      }
      BufferedImage image = shown.get();
      Graphics2D pen = (Graphics2D) graphics;
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      pen.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      double scale =
          Math.min(
              (double) getWidth() / image.getWidth(), (double) getHeight() / image.getHeight());
      int width = (int) Math.round(scale * image.getWidth());
      int height = (int) Math.round(scale * image.getHeight());
      int left = (getWidth() - width) / 2;
      int top = (getHeight() - height) / 2;
      pen.drawImage(image, left, top, width, height, null);
      pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
      FontMetrics metrics = pen.getFontMetrics();
      int y = MARGIN;
      for (String line : lines) {
        if (!line.isEmpty()) {
          pen.setColor(new Color(0, 0, 0, 150));
          pen.fillRect(MARGIN, y, metrics.stringWidth(line) + 2 * MARGIN, metrics.getHeight() + 2);
          pen.setColor(Color.WHITE);
          pen.drawString(line, 2 * MARGIN, y + 1 + metrics.getAscent());
          y += metrics.getHeight() + 4;
        }
      }
    }
  }
}
