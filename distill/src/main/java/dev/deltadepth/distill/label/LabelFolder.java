package dev.deltadepth.distill.label;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.GreyImage;
import dev.deltadepth.io.NpyArray;
import dev.deltadepth.io.NpyFile;
import dev.deltadepth.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of labels: {@code labels.json} says whose they are, {@code index.csv} which file belongs
 * to which photo, by the hashes of both. A photo may be moved and renamed; a label that was changed
 * or cut off is noticed. Values are stretched to the whole range of a file; what is not known is 0
 * in a PNG (known values begin at 1) and NaN in a NumPy file.
 */
public final class LabelFolder {

  private static final String DESCRIPTION = "labels.json";
  private static final String INDEX = "index.csv";
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

  /** How the values of a map are kept. */
  public enum Format {
    /** Grey PNG of 16 bits. */
    PNG16(".png"),
    /** NumPy's float16. */
    NPY16(".npy");

    private final String suffix;

    Format(String suffix) {
      this.suffix = suffix;
    }
  }

  /**
   * Whose labels they are.
   *
   * @param teacher its name
   * @param teacherHash SHA-256 of its file
   * @param shorterSide of every label of a square photo, in pixels
   * @param format of the maps
   * @param features the intermediate maps that are kept, as float16; may be empty
   */
  public record Description(
      String teacher,
      String teacherHash,
      int shorterSide,
      Format format,
      List<Labeller.Feature> features) {}

  /**
   * @param file of the map, below the folder
   * @param hash of that file and of those of its features
   */
  private record Entry(String file, String hash) {}

  private final Path folder;
  private final Description description;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private LabelFolder(Path folder, Description description) {
    this.folder = folder;
    this.description = description;
  }

  /** Whether a folder is one of labels. */
  public static boolean is(Path folder) {
    return Files.exists(folder.resolve(DESCRIPTION));
  }

  /**
   * Opens a folder of labels.
   *
   * @throws DistillException if it is none
   */
  public static LabelFolder open(Path folder) {
    Description description;
    try {
      description =
          JSON.readValue(Files.readAllBytes(folder.resolve(DESCRIPTION)), Description.class);
    } catch (IOException e) {
      throw new DistillException(
          folder + " holds no labels that can be read; write some with delta label", e);
    }
    LabelFolder labels = new LabelFolder(folder, description);
    labels.readIndex();
    return labels;
  }

  /**
   * Begins a folder of labels or goes on with it.
   *
   * @throws DistillException if it holds labels of another teacher or another kind
   */
  public static LabelFolder begin(Path folder, Description description) {
    if (is(folder)) {
      LabelFolder labels = open(folder);
      if (!labels.description.equals(description)) {
        throw new DistillException(
            folder
                + " holds labels by "
                + labels.description.teacher()
                + " of another kind; choose another folder");
      }
      return labels;
    }
    try {
      Files.createDirectories(folder);
      byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(description);
      AtomicFile.write(folder.resolve(DESCRIPTION), out -> out.write(json));
    } catch (IOException e) {
      throw new DistillException(folder + " cannot be written; choose another folder", e);
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
        // The file's name comes last: it may hold commas. A line that a kill cut short is no entry.
        String[] parts = line.split(",", 3);
        if (parts.length == 3 && parts[0].length() == 64 && parts[1].length() == 64) {
          entries.put(parts[0], new Entry(parts[2], parts[1]));
        }
      }
    } catch (IOException e) {
      throw new DistillException(index + " cannot be read; check its permissions", e);
    }
  }

  /** Whose labels these are. */
  public Description description() {
    return description;
  }

  /** How many photos have one. */
  public int count() {
    return entries.size();
  }

  /** Whether a photo has a label, whole or damaged. */
  boolean lists(String photoHash) {
    return entries.containsKey(photoHash);
  }

  /** Whether a photo has a label that is whole. */
  public synchronized boolean has(String photoHash) {
    Entry entry = entries.get(photoHash);
    return entry != null && entry.hash().equals(hash(entry.file()));
  }

  /**
   * Adds a photo's label.
   *
   * @param photoHash SHA-256, in hex, of the photo's file
   * @param name of the photo below its folder, with {@code /}, without extension
   * @param labels of the photo alone
   */
  public synchronized void add(
      String photoHash, String name, int height, int width, Labeller.Labels labels) {
    String file = name + description.format().suffix;
    boolean taken =
        entries.entrySet().stream()
            .anyMatch(e -> e.getValue().file().equals(file) && !e.getKey().equals(photoHash));
    if (taken) {
      add(photoHash, name + "-" + photoHash.substring(0, 8), height, width, labels);
      return;
    }
    float[] map = labels.disparity().clone();
    Normalization.stretch(map);
    Path path = folder.resolve(file);
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      switch (description.format()) {
        case PNG16 ->
            GreyImage.write(
                new GreyImage(width, height, 16, Normalization.greyWithHoles(map)), path);
        case NPY16 -> NpyFile.writeFloat16(new NpyArray(new int[] {height, width}, map), path);
      }
      for (int i = 0; i < description.features().size(); i++) {
        Planes feature = labels.features().get(i);
        int[] shape = {feature.channels(), feature.height(), feature.width()};
        NpyFile.writeFloat16(new NpyArray(shape, feature.data()), feature(file, i));
      }
      Entry entry = new Entry(file, hash(file));
      Files.writeString(
          folder.resolve(INDEX),
          photoHash + "," + entry.hash() + "," + file + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      entries.put(photoHash, entry);
    } catch (IOException e) {
      throw new DistillException(path + " cannot be written; is the disk full?", e);
    }
  }

  private Path feature(String file, int index) {
    return folder.resolve(file + ".feature-" + index + ".npy");
  }

  /**
   * The map of a photo, in [0, 1], larger = nearer, NaN where it has no value.
   *
   * @throws DistillException if the photo has none, or its file is not what was written
   */
  public DepthMap map(String photoHash) {
    String file = verified(photoHash).file();
    if (description.format() == Format.NPY16) {
      NpyArray array = NpyFile.read(folder.resolve(file));
      return new DepthMap(
          DepthMap.Kind.DISPARITY, array.shape()[1], array.shape()[0], array.data());
    }
    GreyImage image = GreyImage.read(folder.resolve(file));
    float[] map = Normalization.fromGreyWithHoles(image.data());
    return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), map);
  }

  /** The intermediate maps of a photo whose {@link #map} was read. */
  List<Planes> features(String photoHash) {
    Entry entry = verified(photoHash);
    List<Planes> features = new ArrayList<>();
    for (int i = 0; i < description.features().size(); i++) {
      NpyArray array = NpyFile.read(feature(entry.file(), i));
      int[] shape = array.shape();
      features.add(new Planes(shape[0], shape[1], shape[2], array.data()));
    }
    return features;
  }

  private Entry verified(String photoHash) {
    Entry entry = entries.get(photoHash);
    if (entry == null) {
      throw new DistillException(
          folder + " has no label for a photo of the training; run delta label on all of them");
    }
    if (!entry.hash().equals(hash(entry.file()))) {
      throw new DistillException(
          folder.resolve(entry.file())
              + " is not what delta label wrote; run it again, which replaces what is damaged");
    }
    return entry;
  }

  /** Of a label's files; of nothing where one is missing. */
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
