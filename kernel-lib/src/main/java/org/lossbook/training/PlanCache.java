package org.lossbook.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lossbook.Internal;
import org.lossbook.engine.Mode;

/**
 * The LRU cache of the plans of all models in this process, so that an idle model holds only its
 * weights. It identifies models by number, so it never keeps one alive.
 *
 * @hidden
 */
@Internal
public final class PlanCache {
  /** The maximum number of plans. */
  public static final int MOST_PLANS = 12;

  /**
   * Enough for the training and validation of several networks of a notebook's size. The count is a
   * bound too, as oneDNN's code for a plan, some 10 MB, is not among its bytes.
   */
  public static final PlanCache SHARED = new PlanCache(256L << 20, MOST_PLANS);

  /** A plan for one batch size that holds native memory. */
  interface Prepared extends AutoCloseable {
    /** The memory it holds. */
    long bytes();

    @Override
    void close();
  }

  record Key(long model, int batch, Mode use, List<List<Integer>> sizes) {}

  /**
   * Exclusive use of a plan until it is closed; meanwhile it is not evicted.
   *
   * @hidden
   */
  @Internal
  public final class Lease<T extends Prepared> implements AutoCloseable {
    private final Entry entry;
    private final T prepared;

    private Lease(Entry entry, T prepared) {
      this.entry = entry;
      this.prepared = prepared;
    }

    public T get() {
      return prepared;
    }

    /** Returns it to the cache; closing twice is harmless. */
    @Override
    public void close() {
      release(entry);
    }
  }

  private static final class Entry {
    private final Prepared prepared;
    private boolean lent = true;
    private boolean forgotten;

    Entry(Prepared prepared) {
      this.prepared = prepared;
    }
  }

  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final long mostBytes;
  private final int mostEntries;

  PlanCache(long mostBytes, int mostEntries) {
    this.mostBytes = mostBytes;
    this.mostEntries = mostEntries;
  }

  /** Lends the plan of that key, or a new one if there is none or it is lent out. */
  <T extends Prepared> Lease<T> lend(Key key, Class<T> type, Supplier<T> maker) {
    synchronized (this) {
      Entry known = entries.get(key);
      if (known != null && !known.lent) {
        known.lent = true;
        return new Lease<>(known, type.cast(known.prepared));
      }
    }
    // Outside the lock: making one takes 100 ms, for which other models need not wait.
    T made = maker.get();
    var entry = new Entry(made);
    List<Prepared> leaving;
    synchronized (this) {
      // If its twin was lent out meanwhile, this one is freed when it is returned.
      entry.forgotten = entries.putIfAbsent(key, entry) != null;
      leaving = overLimits();
    }
    leaving.forEach(Prepared::close);
    return new Lease<>(entry, made);
  }

  private void release(Entry entry) {
    List<Prepared> leaving;
    synchronized (this) {
      if (!entry.lent) {
        return;
      }
      entry.lent = false;
      leaving = overLimits();
      if (entry.forgotten) {
        leaving.add(entry.prepared);
      }
    }
    leaving.forEach(Prepared::close);
  }

  /** Frees all plans that are not in use, to make room. */
  void evictIdle() {
    List<Prepared> leaving = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Entry> i = entries.values().iterator(); i.hasNext(); ) {
        Entry each = i.next();
        if (!each.lent) {
          i.remove();
          leaving.add(each.prepared);
        }
      }
    }
    leaving.forEach(Prepared::close);
  }

  /** Frees all plans of a model; those lent out are freed when returned. */
  public void forget(long model) {
    List<Prepared> leaving = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Map.Entry<Key, Entry>> i = entries.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<Key, Entry> each = i.next();
        if (each.getKey().model() == model) {
          i.remove();
          if (each.getValue().lent) {
            each.getValue().forgotten = true;
          } else {
            leaving.add(each.getValue().prepared);
          }
        }
      }
    }
    leaving.forEach(Prepared::close);
  }

  /** The memory of all cached plans. */
  synchronized long bytes() {
    return entries.values().stream().mapToLong(entry -> entry.prepared.bytes()).sum();
  }

  /** The number of cached plans. */
  public synchronized int size() {
    return entries.size();
  }

  /**
   * Evicts the least recently used until the rest fits, but never one that is lent out, nor the
   * newest.
   */
  private List<Prepared> overLimits() {
    List<Prepared> leaving = new ArrayList<>();
    long bytes = bytes();
    int count = entries.size();
    for (Iterator<Entry> i = entries.values().iterator();
        i.hasNext() && count > 1 && (bytes > mostBytes || count > mostEntries); ) {
      Entry leastRecent = i.next();
      if (!leastRecent.lent && i.hasNext()) {
        i.remove();
        bytes -= leastRecent.prepared.bytes();
        count--;
        leaving.add(leastRecent.prepared);
      }
    }
    return leaving;
  }
}
