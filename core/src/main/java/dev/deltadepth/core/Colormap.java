package dev.deltadepth.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Colours for a map's values: 0 is far and gets the dark or cold end, 1 is near and gets the bright
 * or warm end.
 *
 * <p>The tables hold every fifth of the 256 published colours and interpolate between them (at most
 * 0.01 from the published ones): inferno, viridis, magma and plasma by Smith and van der Walt
 * (matplotlib, CC0), turbo by Mikhailov (Google, Apache-2.0), spectral by Brewer (ColorBrewer, 11
 * classes, here with red near).
 */
public final class Colormap {

  private static final String INFERNO =
      "00000402020c0504170a072210092d160b391e0c45260c512f0a5b380962400a67490b6a510e6c"
          + "59106e61136e69166e71196e781c6d801f6c88226a902568982766a02a63a82e5fb0315bb73557"
          + "bf3952c63d4dcc4248d34743d94d3ddf5337e45a31e9612bed6925f1711ff47918f78212f98b0b"
          + "fa9407fb9d07fca60cfcb014fbba1ffac42af8cd37f6d746f4e156f2ea69f2f27df5f992fcffa4";

  private static final String VIRIDIS =
      "44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a"
          + "3a538b38598c355e8d33638d31688e2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d"
          + "20928c1f978b1e9c891fa18821a58524aa8328ae802eb37c35b7793dbc7446c06f50c46a5ac864"
          + "65cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11fd8e219e5e419f1e51dfde725";

  private static final String MAGMA =
      "00000402020b0504160907200e0b2b140e361a104221114e29115a311165390f6e420f754a1079"
          + "52137c5a167e6219806a1c81721f81792282812581892881912b81992d80a1307eaa337db2357b"
          + "ba3878c23b75ca3e72d2426fd9466be04c67e75263ec5860f1605df4695cf7725cf97b5dfb8560"
          + "fc8e64fd9869fea16efeaa74feb47bfebd82fec68afecf92fed89afde2a3fdebacfcf4b6fcfdbf";

  private static final String PLASMA =
      "0d08871b068d2605912f059638049a41049d4903a05102a35901a56100a76900a87100a87801a8"
          + "8004a88707a68e0ca49511a19c179ea21d9aa82296ae2892b42e8dba3388bf3984c43e7fc9447a"
          + "cd4a76d24f71d6556dda5b69de6164e26660e66c5ce97257ed7953f07f4ff3854bf58c46f79342"
          + "f99a3efba139fca835fdaf31feb72dfebe2afdc627fcce25fbd724f8df25f6e826f3f027f0f921";

  private static final String TURBO =
      "30123b36215f3b2f803f3e9c424bb54559cb4666dd4773eb4680f6458cfd4099ff38a5fb2fb2f4"
          + "27bee91fc9dd1ad4d018ddc21ae4b622ebaa2ff19b3ff68a52fa7a65fd6979fe598bff4b9cfe40"
          + "a9fb39b7f735c3f134d0ea34dbe236e5d938eecf3af5c53afaba39fdae35fea130fe932afc8423"
          + "f9751df46617ef5811e84b0ce14109d83706ce2d04c32503b71d02a916019b0f018b09027a0403";

  private static final String SPECTRAL =
      "5e4fa23288bd66c2a5abdda4e6f598ffffbffee08bfdae61f46d43d53e4f9e0142";

  private static final List<Colormap> ALL =
      Arrays.asList(
          new Colormap("inferno", INFERNO),
          new Colormap("viridis", VIRIDIS),
          new Colormap("magma", MAGMA),
          new Colormap("plasma", PLASMA),
          new Colormap("turbo", TURBO),
          new Colormap("spectral", SPECTRAL),
          new Colormap("gray", "000000ffffff"));

  private static final int STEPS = 256;

  private final String name;
  private final int[] colours;

  private Colormap(String name, String points) {
    this(name, interpolate(points));
  }

  private Colormap(String name, int[] colours) {
    this.name = name;
    this.colours = colours;
  }

  /** The same colours the other way round: near gets the dark or cold end. */
  public Colormap reversed() {
    int[] other = new int[colours.length];
    for (int i = 0; i < other.length; i++) {
      other[i] = colours[colours.length - 1 - i];
    }
    return new Colormap(name, other);
  }

  /**
   * The colour map of a name.
   *
   * @throws IllegalArgumentException if there is none of that name; the message lists the names
   */
  public static Colormap named(String name) {
    for (Colormap map : ALL) {
      if (map.name.equals(name)) {
        return map;
      }
    }
    throw new IllegalArgumentException(
        "unknown colour map '" + name + "'; choose from " + String.join(", ", names()));
  }

  /** The names of all maps; the first is the default. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Colormap map : ALL) {
      names.add(map.name);
    }
    return names;
  }

  /** The name by which it is chosen. */
  public String name() {
    return name;
  }

  /**
   * The colour of a value as {@code 0xRRGGBB}.
   *
   * @param value 0..1, in steps of 1/255; beyond that the nearest end; NaN is black
   */
  public int rgb(float value) {
    if (Float.isNaN(value)) {
      return 0;
    }
    return colours[(int) (Math.max(0, Math.min(1, value)) * (STEPS - 1) + 0.5f)];
  }

  /** Colours a map in the window of {@link Normalization#ofMost}; NaN is black. */
  public RgbImage apply(DepthMap map) {
    return apply(map, Normalization.ofMost(map.data()));
  }

  /** Colours a map with a given window, so that the pictures of a sequence match. */
  public RgbImage apply(DepthMap map, Normalization window) {
    float[] values = map.data();
    byte[] out = new byte[values.length * 3];
    for (int i = 0, o = 0; i < values.length; i++, o += 3) {
      int colour = rgb(window.apply(values[i]));
      out[o] = (byte) (colour >> 16);
      out[o + 1] = (byte) (colour >> 8);
      out[o + 2] = (byte) colour;
    }
    return new RgbImage(map.width(), map.height(), out);
  }

  private static int[] interpolate(String points) {
    int last = points.length() / 6 - 1;
    int[] colours = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double position = (double) i * last / (STEPS - 1);
      int before = Math.min((int) position, last - 1);
      int from = Integer.parseInt(points.substring(before * 6, before * 6 + 6), 16);
      int to = Integer.parseInt(points.substring(before * 6 + 6, before * 6 + 12), 16);
      int colour = 0;
      for (int shift = 16; shift >= 0; shift -= 8) {
        int a = from >> shift & 0xff;
        int b = to >> shift & 0xff;
        colour |= (int) Math.round(a + (position - before) * (b - a)) << shift;
      }
      colours[i] = colour;
    }
    return colours;
  }

  @Override
  public String toString() {
    return name;
  }
}
