package dev.deltadepth.distill.run;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.deltadepth.distill.recipe.KebabJson;
import dev.deltadepth.distill.recipe.Recipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where weights came from; it travels with them as JSON.
 *
 * @param recipe the whole recipe, seed included, without paths
 * @param photos how many photos there were to learn from
 * @param photosHash SHA-256 over theirs
 * @param teacher its name
 * @param teacherHash SHA-256 of its file
 * @param steps done
 * @param crops seen
 * @param hours of training, those of the run alone
 * @param versions of everything that computed
 * @param machine that it computed on
 * @param start the provenance of the weights that the run started from, as JSON; a list, if they
 *     are the mean of several; "null" for random ones
 */
public record Provenance(
    Recipe recipe,
    int photos,
    String photosHash,
    String teacher,
    String teacherHash,
    long steps,
    long crops,
    double hours,
    Versions versions,
    Machine machine,
    @JsonRawValue String start) {

  public String toJson() {
    return KebabJson.write(this);
  }

  /** Where the mean of weights came from. What another has gone through is not told twice. */
  public static String ofSeveral(List<String> provenances) {
    List<String> told = new ArrayList<>();
    provenances.stream()
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .filter(text -> told.stream().noneMatch(longer -> longer.contains(text)))
        .forEach(told::add);
    return told.size() == 1 ? told.get(0) : "[" + String.join(",", told) + "]";
  }
}
