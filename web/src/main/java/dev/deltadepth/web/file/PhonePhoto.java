package dev.deltadepth.web.file;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.PhoneJpeg;
import dev.deltadepth.core.space.StoredDepth;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.Pixels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.teavm.jso.JSBody;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.typedarrays.Int8Array;

/** The depth that a phone stored in a JPEG; the browser parses the metadata and decodes it. */
final class PhonePhoto {
  /** Phones store less than one megapixel. */
  private static final double MOST_PIXELS = 1.6e7;

  private PhonePhoto() {}

  /**
   * Looks for it.
   *
   * @param jpeg the photo's file; not used any more when this method has returned
   * @param found receives it, upright; not called if there is none or it is damaged
   */
  static void depth(byte[] jpeg, Consumer<DepthMap> found) {
    int orientation = PhoneJpeg.orientation(jpeg);
    try {
      for (byte[] picture : PhoneJpeg.pictures(jpeg)) {
        StoredDepth apples = new StoredDepth(properties(picture));
        if (apples.isApples()) {
          decode(picture, orientation, apples::apples, found);
          return;
        }
      }
      StoredDepth googles = new StoredDepth(properties(jpeg));
      Optional<byte[]> picture = googles.googlesPicture(jpeg);
      if (picture.isPresent()) {
        decode(picture.get(), orientation, googles::googles, found);
      }
    } catch (IllegalArgumentException e) {
      // As if there were none: the photo is estimated.
    }
  }

  private static void decode(
      byte[] picture, int orientation, Function<RgbImage, DepthMap> map, Consumer<DepthMap> found) {
    PhotoReader.decode(
        Saver.file(Int8Array.fromJavaArray(picture), "image/jpeg"),
        image -> {
          if ((double) image.getNaturalWidth() * image.getNaturalHeight() > MOST_PIXELS) {
            return;
          }
          HTMLCanvasElement canvas =
              Dom.newCanvas(image.getNaturalWidth(), image.getNaturalHeight());
          Dom.drawing(canvas).drawImage(image, 0, 0);
          RgbImage grey =
              Pixels.withoutAlpha(
                  Photo.of(canvas, "").rgba(), canvas.getWidth(), canvas.getHeight());
          try {
            found.accept(StoredDepth.upright(map.apply(grey), orientation));
          } catch (IllegalArgumentException e) {
            // As above.
          }
        },
        () -> {});
  }

  private static Map<String, String> properties(byte[] jpeg) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (byte[] packet : PhoneJpeg.metadata(jpeg)) {
      String[] said = properties(Int8Array.fromJavaArray(packet));
      for (int i = 0; i + 1 < said.length; i += 2) {
        properties.put(said[i], said[i + 1]);
      }
    }
    return properties;
  }

  /** Paths and values, in turns, of what RDF says in XMP (XMP Specification Part 1, 7). */
  @JSBody(
      params = "packet",
      script =
          """
          var said = [], most = 1000;
          function isName(node) { return !/^(xmlns|xml|rdf)\\b/.test(node.nodeName); }
          function walk(element, path) {
            [].forEach.call(element.attributes, function(attribute) {
              if (isName(attribute)) said.push(path + attribute.nodeName, attribute.nodeValue);
            });
            [].forEach.call(element.children, function(child) {
              var list = /^(Seq|Bag|Alt)$/.test(child.localName);
              if (said.length > most) return;
              if (list) {
                [].forEach.call(child.children, function(item, i) {
                  var number = i + 1;
                  walk(item, path.replace(/[/]$/, '') + '[' + number + ']/');
                });
              } else if (!isName(child)) {
                walk(child, path);
              } else if (child.children.length || [].some.call(child.attributes, isName)) {
                walk(child, path + child.nodeName + '/');
              } else {
                said.push(path + child.nodeName, child.textContent);
              }
            });
          }
          try {
            var text = new TextDecoder().decode(packet);
            var xml = new DOMParser().parseFromString(
                text.slice(text.indexOf('<'), text.lastIndexOf('>') + 1), 'application/xml');
            var rdf = xml.getElementsByTagNameNS(
                'http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'RDF')[0];
            if (rdf) walk(rdf, '');
          } catch (e) {
            // Nested too deep to be a phone's.
            return [];
          }
          return said;
          """)
  private static native String[] properties(Int8Array packet);
}
