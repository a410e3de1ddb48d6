package dev.deltadepth.distill.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Keeps decoded values until a budget of memory is used up. Safe for use by several threads. */
final class Cache<K, V> {

  private final long budget;
  private final ToLongFunction<V> bytes;
  private final Map<K, V> kept = new ConcurrentHashMap<>();
  private final AtomicLong used = new AtomicLong();

  /**
   * @param budget bytes to keep at most
   * @param bytes of a value
   */
  Cache(long budget, ToLongFunction<V> bytes) {
    this.budget = budget;
    this.bytes = bytes;
  }

  /** The kept value of a key, else a new one, which is kept if there is room. */
  V get(K key, Supplier<V> decode) {
    V found = kept.get(key);
    if (found != null) {
      return found;
    }
    V value = decode.get();
    long size = bytes.applyAsLong(value);
    // Another thread may have decoded the same one meanwhile: it is kept and counted once.
    if (used.addAndGet(size) > budget || kept.putIfAbsent(key, value) != null) {
      used.addAndGet(-size);
    }
    return value;
  }
}
