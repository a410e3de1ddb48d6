package dev.deltadepth.eval.report;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.io.ContactSheet;
import dev.deltadepth.metrics.Spread;
import java.util.ArrayList;
import java.util.List;

/** Maps of several models for the same photos, side by side. */
public final class Comparison {
  private final List<Contestant> models;
  private final boolean differences;
  private ContactSheet sheet;

  /**
   * Creates an empty comparison.
   *
   * @param models at least one; the others are compared with the first
   * @param differences whether to add a column with each other model's difference from the first
   */
  public Comparison(List<Contestant> models, boolean differences) {
    this.models = List.copyOf(models);
    this.differences = differences;
    this.sheet = new ContactSheet(columns());
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("photo"));
    for (int i = 0; i < models.size(); i++) {
      columns.add(models.get(i).name());
      if (differences && i > 0) {
        columns.add("difference from " + models.get(0).name());
      }
    }
    return columns;
  }

  /**
   * Adds a row: the photo, each model's map, and the differences. Every map is coloured over its
   * own range, from far (dark) to near (bright).
   *
   * @param name caption of the row
   */
  public void add(String name, RgbImage photo) {
    List<DepthMap> maps = models.stream().map(model -> model.estimate(photo)).toList();
    List<RgbImage> cells = new ArrayList<>();
    cells.add(photo);
    for (int i = 0; i < maps.size(); i++) {
      cells.add(Views.coloured(maps.get(i)));
      if (differences && i > 0) {
        float[] distances = distances(maps.get(i), maps.get(0));
        cells.add(Views.errors(photo.width(), photo.height(), distances));
      }
    }
    sheet.add(name, cells);
  }

  /** Number of rows on the current page. */
  public int size() {
    return sheet.rows();
  }

  /** Returns the rows so far as a page and starts a new one. */
  public RgbImage page() {
    RgbImage page = sheet.image();
    sheet = new ContactSheet(columns());
    return page;
  }

  /**
   * Distance of a map from a reference after fitting scale and shift, in units of the reference's
   * spread.
   */
  static float[] distances(DepthMap map, DepthMap reference) {
    Alignment.Fit fit = new Alignment.Fit();
    for (int i = 0; i < map.data().length; i++) {
      if (Float.isFinite(map.data()[i]) && Float.isFinite(reference.data()[i])) {
        fit.add(map.data()[i], reference.data()[i]);
      }
    }
    float[] distances = new float[map.data().length];
    double spread = Spread.of(reference);
    Alignment alignment = fit.count() == 0 ? Alignment.IDENTITY : fit.alignment();
    for (int i = 0; i < distances.length; i++) {
      double distance = Math.abs(alignment.apply(map.data()[i]) - reference.data()[i]);
      distances[i] = (float) (distance == 0 ? 0 : distance / spread);
    }
    return distances;
  }
}
