package dev.deltadepth.io;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The size of a GIF, and where its first frame lies.
 *
 * @param width of the picture
 * @param height of the picture
 * @param left column of the first frame's left edge
 * @param top row of the first frame's top edge
 */
record GifCanvas(int width, int height, int left, int top) {

  static GifCanvas of(ImageReader reader) throws IOException {
    IIOMetadata picture = reader.getStreamMetadata();
    IIOMetadata frame = reader.getImageMetadata(0);
    return new GifCanvas(
        number(picture, "LogicalScreenDescriptor", "logicalScreenWidth"),
        number(picture, "LogicalScreenDescriptor", "logicalScreenHeight"),
        number(frame, "ImageDescriptor", "imageLeftPosition"),
        number(frame, "ImageDescriptor", "imageTopPosition"));
  }

  /** Whether a frame covers the picture, or the picture's size is not known. */
  boolean matches(BufferedImage frame) {
    return width < 1 || height < 1 || (frame.getWidth() >= width && frame.getHeight() >= height);
  }

  private static int number(IIOMetadata metadata, String element, String attribute) {
    Element root = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    NodeList found = root.getElementsByTagName(element);
    String value = found.getLength() == 0 ? "" : ((Element) found.item(0)).getAttribute(attribute);
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }
}
