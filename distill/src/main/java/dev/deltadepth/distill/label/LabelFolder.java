package dev.deltadepth.distill.label;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A folder of labels: {@code labels.json} describes them, {@code index.csv} maps photos to label
 * files by the hashes of both. Photos may be moved and renamed; changed or truncated labels are
 * detected. Values are stretched to the full range of the file format; missing values are 0 in a
 * PNG (valid ones start at 1) and NaN in a NumPy file.
 */
public final class LabelFolder {

  private static final String DESCRIPTION = "labels.json";
  private static final String INDEX = "index.csv";
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

  /** File format of the maps. */
  public enum Format {
    /** 16-bit greyscale PNG. */
    PNG16(".png"),
    /** NumPy float16. */
    NPY16(".npy");

    private final String suffix;

    Format(String suffix) {
      this.suffix = suffix;
    }
  }

  /**
   * Description of the labels.
   *
   * @param teacher name of the teacher
   * @param teacherHash SHA-256, in hex, of its file
   * @param shorterSide of the label of a square photo, in pixels
   * @param format of the maps
   * @param features intermediate maps stored as float16; may be empty
   */
  public record Description(
      String teacher,
      String teacherHash,
      int shorterSide,
      Format format,
      List<Labeller.Feature> features) {}

  /**
   * @param file of the map, relative to the folder
   * @param hash of that file and its feature files
   */
  private record Entry(String file, String hash) {}

  private final Path folder;
  private final Description description;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** The photo of each label file. */
  private final Map<String, String> owners = new HashMap<>();

  /** Photos whose label files were found as they were written. */
  private final Set<String> intact = new HashSet<>();

  private LabelFolder(Path folder, Description description) {
    this.folder = folder;
    this.description = description;
  }

  /** Whether a folder contains labels. */
  public static boolean is(Path folder) {
    return Files.exists(folder.resolve(DESCRIPTION));
  }

  /**
   * Opens a folder of labels.
   *
   * @throws DistillException if it contains no readable labels
   */
  public static LabelFolder open(Path folder) {
    Description description;
    try {
      description =
          JSON.readValue(Files.readAllBytes(folder.resolve(DESCRIPTION)), Description.class);
    } catch (IOException e) {
      throw new DistillException(
          "cannot read the labels in " + folder + "; create them with delta label", e);
    }
    LabelFolder labels = new LabelFolder(folder, description);
    labels.readIndex();
    return labels;
  }

  /**
   * Creates a folder of labels, or opens one to add to it.
   *
   * @throws DistillException if it contains labels of another teacher or with other settings
   */
  public static LabelFolder begin(Path folder, Description description) {
    if (is(folder)) {
      LabelFolder labels = open(folder);
      if (!labels.description.equals(description)) {
        throw new DistillException(
            folder
                + " contains labels by "
                + labels.description.teacher()
                + " with other settings; choose another folder");
      }
      return labels;
    }
    try {
      Files.createDirectories(folder);
      byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(description);
      AtomicFile.write(folder.resolve(DESCRIPTION), out -> out.write(json));
    } catch (IOException e) {
      throw new DistillException("cannot write " + folder + "; choose another folder", e);
    }
    return new LabelFolder(folder, description);
  }

  private void readIndex() {
    Path index = folder.resolve(INDEX);
    if (!Files.exists(index)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(index)) {
        // The file name comes last because it may contain commas. Lines cut short by a kill are
        // skipped.
        String[] parts = line.split(",", 3);
        if (parts.length == 3 && parts[0].length() == 64 && parts[1].length() == 64) {
          put(parts[0], new Entry(parts[2], parts[1]));
        }
      }
    } catch (IOException e) {
      throw new DistillException("cannot read " + index + "; check its permissions", e);
    }
  }

  private void put(String photoHash, Entry entry) {
    entries.put(photoHash, entry);
    owners.put(entry.file(), photoHash);
  }

  /** Describes the labels. */
  public Description description() {
    return description;
  }

  /** Whether a photo has an intact label. */
  public synchronized boolean has(String photoHash) {
    Entry entry = entries.get(photoHash);
    return entry != null && isIntact(photoHash, entry);
  }

  /**
   * Adds a photo's label.
   *
   * @param photoHash SHA-256, in hex, of the photo's file
   * @param name path of the photo relative to its folder, with {@code /}, without extension
   * @param labels of this photo only
   */
  public synchronized void add(
      String photoHash, String name, int height, int width, Labeller.Labels labels) {
    String file = name + description.format().suffix;
    if (!owners.getOrDefault(file, photoHash).equals(photoHash)) {
      add(photoHash, name + "-" + photoHash.substring(0, 8), height, width, labels);
      return;
    }
    float[] map = labels.disparity().clone();
    // 16 bits must not be spent on a few outliers.
    Normalization.stretch(map, Normalization.ofMost(map));
    Path path = folder.resolve(file);
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      switch (description.format()) {
        case PNG16 ->
            GreyImage.write(
                new GreyImage(width, height, 16, Normalization.greyWithHoles(map)), path);
        case NPY16 -> NpyFile.writeFloat16(new FloatArray(new int[] {height, width}, map), path);
      }
      for (int i = 0; i < description.features().size(); i++) {
        Planes feature = labels.features().get(i);
        int[] shape = {feature.channels(), feature.height(), feature.width()};
        NpyFile.writeFloat16(new FloatArray(shape, feature.data()), feature(file, i));
      }
      Entry entry = new Entry(file, hash(file));
      Files.writeString(
          folder.resolve(INDEX),
          photoHash + "," + entry.hash() + "," + file + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      put(photoHash, entry);
      intact.add(photoHash);
    } catch (IOException e) {
      throw new DistillException("cannot write " + path + "; is the disk full?", e);
    }
  }

  private Path feature(String file, int index) {
    return folder.resolve(file + ".feature-" + index + ".npy");
  }

  /**
   * The map of a photo, in [0, 1], larger = nearer, NaN where no value is known.
   *
   * @throws DistillException if the photo has no label, or the label's files were changed
   */
  public DepthMap map(String photoHash) {
    String file = verified(photoHash).file();
    if (description.format() == Format.NPY16) {
      FloatArray array = NpyFile.read(folder.resolve(file));
      return new DepthMap(
          DepthMap.Kind.DISPARITY, array.shape()[1], array.shape()[0], array.data());
    }
    GreyImage image = GreyImage.read(folder.resolve(file));
    float[] map = Normalization.fromGreyWithHoles(image.data());
    return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), map);
  }

  /** The intermediate maps of a photo; errors as for {@link #map}. */
  List<Planes> features(String photoHash) {
    Entry entry = verified(photoHash);
    List<Planes> features = new ArrayList<>();
    for (int i = 0; i < description.features().size(); i++) {
      FloatArray array = NpyFile.read(feature(entry.file(), i));
      int[] shape = array.shape();
      features.add(new Planes(shape[0], shape[1], shape[2], array.data()));
    }
    return features;
  }

  private Entry verified(String photoHash) {
    Entry entry = entries.get(photoHash);
    if (entry == null) {
      throw new DistillException(
          folder + " has no label for one of the training photos; run delta label on all of them");
    }
    if (!isIntact(photoHash, entry)) {
      throw new DistillException(
          folder.resolve(entry.file())
              + " is missing or was changed since delta label wrote it; run it again");
    }
    return entry;
  }

  /** Whether the files are as they were written; looked at once. */
  private synchronized boolean isIntact(String photoHash, Entry entry) {
    if (!intact.contains(photoHash) && entry.hash().equals(hash(entry.file()))) {
      intact.add(photoHash);
    }
    return intact.contains(photoHash);
  }

  /** Hash over a label's files; empty if one is missing. */
  private String hash(String file) {
    List<Path> files = new ArrayList<>(List.of(folder.resolve(file)));
    for (int i = 0; i < description.features().size(); i++) {
      files.add(feature(file, i));
    }
    return files.stream().allMatch(Files::exists)
        ? Sha256.ofHashes(files.stream().map(Sha256::of).toList())
        : "";
  }
}
