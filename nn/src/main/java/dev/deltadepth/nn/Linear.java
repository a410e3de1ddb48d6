package dev.deltadepth.nn;

/**
 * A linear layer with bias over the last axis: {@code <name>.weight} [out, in] and {@code
 * <name>.bias} [out].
 *
 * @param name prefix of the weights' names
 * @param in length of the last axis of the input
 * @param out length of the last axis of the output
 */
public record Linear(String name, int in, int out) {
  public String weight() {
    return name + ".weight";
  }

  public String bias() {
    return name + ".bias";
  }
}
