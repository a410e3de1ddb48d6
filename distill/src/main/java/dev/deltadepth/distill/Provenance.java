package dev.deltadepth.distill;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Where weights came from; it travels with them as JSON.
 *
 * @param recipe the whole recipe, as JSON
 * @param photos how many photos there were to learn from
 * @param photosHash SHA-256 over theirs
 * @param teacher its name
 * @param teacherHash SHA-256 of its file
 * @param steps done
 * @param crops seen
 * @param hours of training, those of the run alone
 * @param start the provenance of the weights that the run started from, as JSON; "null" for random
 *     ones
 */
record Provenance(
    @JsonRawValue String recipe,
    int photos,
    String photosHash,
    String teacher,
    String teacherHash,
    long steps,
    long crops,
    double hours,
    @JsonRawValue String start) {

  String toJson() {
    try {
      return JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new DistillException("the provenance cannot be written", e);
    }
  }
}
