package dev.deltadepth.distill.run;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.deltadepth.distill.recipe.KebabJson;
import dev.deltadepth.distill.recipe.Recipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The provenance of weights, stored with them as JSON.
 *
 * @param recipe the whole recipe, including the seed, without paths
 * @param photos number of training photos
 * @param photosHash SHA-256 over their SHA-256
 * @param truth the sets with measured depth
 * @param teacher its name
 * @param teacherHash SHA-256 of its file
 * @param steps completed
 * @param crops seen
 * @param precision of the forward pass: fp32 where the recipe's bf16 would have been slower
 * @param hours of training in this run only
 * @param versions of the software
 * @param machine that the run used
 * @param start provenance of the weights that the run started from, as JSON; a list if they are the
 *     mean of several; "null" for random weights
 */
public record Provenance(
    Recipe recipe,
    int photos,
    String photosHash,
    List<Truth> truth,
    String teacher,
    String teacherHash,
    long steps,
    long crops,
    Recipe.Precision precision,
    double hours,
    Versions versions,
    Machine machine,
    @JsonRawValue String start) {

  /**
   * A set with measured depth.
   *
   * @param sets their names
   * @param pictures number of training pictures
   * @param hash SHA-256 over the SHA-256 of their names
   * @param share of the crops
   */
  public record Truth(String sets, int pictures, String hash, double share) {}

  public String toJson() {
    return KebabJson.write(this);
  }

  /** The provenance of averaged weights. One that is contained in another is not repeated. */
  public static String ofSeveral(List<String> provenances) {
    List<String> distinct = new ArrayList<>();
    provenances.stream()
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .filter(text -> distinct.stream().noneMatch(longer -> longer.contains(text)))
        .forEach(distinct::add);
    return distinct.size() == 1 ? distinct.get(0) : "[" + String.join(",", distinct) + "]";
  }
}
