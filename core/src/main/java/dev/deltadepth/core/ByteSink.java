package dev.deltadepth.core;

/**
 * Takes the bytes of a file as they are made.
 *
 * @param <E> what is thrown if they cannot be taken
 */
@FunctionalInterface
public interface ByteSink<E extends Exception> {
  /**
   * Takes the next bytes.
   *
   * @param bytes they are used again afterwards
   * @param length how many of them count, from the first on
   */
  void write(byte[] bytes, int length) throws E;
}
