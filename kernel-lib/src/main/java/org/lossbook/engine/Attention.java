package org.lossbook.engine;

/**
 * How queries attend to keys: each query's weights are a softmax over the keys that it may see.
 *
 * @param heads how many attend side by side, each with an equal part of the numbers
 * @param scale what the products of queries and keys are multiplied by
 * @param causal whether query t sees keys 0 to t alone
 * @param window how far it sees to both sides: the keys nearer than this; 0 for all
 * @param dropout the share of the weights that training drops
 * @param zeroed whether a query that may see no key has weights of 0; else they are all equal
 */
public record Attention(
    int heads, double scale, boolean causal, int window, double dropout, boolean zeroed) {
  /** Attention of that many heads to all keys. */
  public static Attention of(int heads, double scale) {
    return new Attention(heads, scale, false, 0, 0, false);
  }

  /** Causal attention, or not. */
  public Attention causal(boolean isCausal) {
    return new Attention(heads, scale, isCausal, window, dropout, zeroed);
  }

  /** Attention to the keys nearer than this; 0 for all. */
  public Attention window(int nearer) {
    return new Attention(heads, scale, causal, nearer, dropout, zeroed);
  }

  /** Attention that drops this share of its weights in training. */
  public Attention dropout(double rate) {
    return new Attention(heads, scale, causal, window, rate, zeroed);
  }

  /** Attention with weights of 0 where a query may see no key, or with equal ones. */
  public Attention zeroed(boolean isZeroed) {
    return new Attention(heads, scale, causal, window, dropout, isZeroed);
  }

  /** The first key that query t may see. */
  public int from(int t) {
    return window == 0 ? 0 : Math.max(0, t - window + 1);
  }

  /** The end of the keys that query t of so many may see, exclusive. */
  public int to(int t, int keys) {
    int near = window == 0 ? keys : (int) Math.min(keys, (long) t + window);
    return causal ? Math.min(near, t + 1) : near;
  }

  /** Whether its place alone hides keys from a query. */
  public boolean isPartial() {
    return causal || window > 0;
  }
}
