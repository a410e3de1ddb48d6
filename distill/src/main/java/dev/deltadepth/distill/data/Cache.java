package dev.deltadepth.distill.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Keeps decoded values until a budget of memory is used up. Safe for use by several threads. */
final class Cache<K, V> {

  private final MemoryBudget budget;
  private final ToLongFunction<V> bytes;
  private final Map<K, V> kept = new ConcurrentHashMap<>();

  /**
   * @param budget that it shares with others
   * @param bytes of a value
   */
  Cache(MemoryBudget budget, ToLongFunction<V> bytes) {
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
    if (budget.take(size) && kept.putIfAbsent(key, value) != null) {
      budget.giveBack(size);
    }
    return value;
  }
}
