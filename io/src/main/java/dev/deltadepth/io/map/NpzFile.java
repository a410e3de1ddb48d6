package dev.deltadepth.io.map;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz}, a ZIP file of arrays: {@code map} [H, W], its lowest and highest finite
 * value {@code low} and {@code high}, and {@code description}, a text of JSON.
 */
public final class NpzFile {

  private static final String MAP = "map";
  private static final String DESCRIPTION = "description";
  private static final int LARGEST = 1 << 30;

  private NpzFile() {}

  /** A map and what its file says about it. */
  static void write(DepthMap map, MapDescription description, OutputStream out) throws IOException {
    Normalization ends = Normalization.of(map);
    ZipOutputStream zip = new ZipOutputStream(out);
    entry(zip, MAP, FloatArray.of(map));
    entry(zip, "low", new FloatArray(new int[0], new float[] {ends.low()}));
    entry(zip, "high", new FloatArray(new int[0], new float[] {ends.high()}));
    begin(zip, DESCRIPTION);
    NpyFile.writeText(description.json(), zip);
    zip.closeEntry();
    zip.finish();
  }

  private static void entry(ZipOutputStream zip, String name, FloatArray array) throws IOException {
    begin(zip, name);
    NpyFile.write(array, zip);
    zip.closeEntry();
  }

  private static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTime(0); // The same map gives the same file.
    zip.putNextEntry(entry);
  }

  /**
   * Reads the array called {@code map}, or the only one, and the description where there is one.
   *
   * @throws FileException if the file is missing, damaged or has no such array
   */
  public static StoredMap read(Path file) {
    Map<String, byte[]> entries = entries(file);
    Optional<MapDescription> description =
        Optional.ofNullable(entries.remove(DESCRIPTION + ".npy"))
            .flatMap(NpyFile::text)
            .flatMap(MapDescription::parse);
    byte[] map = entries.get(MAP + ".npy");
    if (map == null && entries.size() == 1) {
      map = entries.values().iterator().next();
    }
    if (map == null) {
      throw new FileException(file + " has no array called '" + MAP + "'");
    }
    return StoredMap.of(NpyFile.read(map, file), description, file);
  }

  private static Map<String, byte[]> entries(Path file) {
    Map<String, byte[]> entries = new HashMap<>();
    long total = 0;
    try (InputStream in = new ByteArrayInputStream(ImageFiles.content(file));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = zip.readNBytes(LARGEST);
        total += content.length;
        if (content.length == LARGEST || total > LARGEST || entries.size() > 100) {
          throw new FileException(file + " holds more than 1 GB or 100 arrays");
        }
        entries.put(entry.getName(), content);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new FileException(file + " is cut off or damaged; copy or make it again", e);
    }
    return entries;
  }
}
