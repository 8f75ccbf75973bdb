package org.lossbook.layer.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.EncodedTexts;
import org.lossbook.data.Texts;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.TextLayer;

/**
 * Hashing: sorts texts or whole numbers into bins by a hash function, so that no vocabulary is
 * needed; different ones may share a bin. The bins are those of Keras: by FarmHash, or SipHash with
 * a {@link #salt(long) salt}.
 *
 * <p>It has no weights and passes no gradient on. In a network it stands behind {@code textInput()}
 * or among numbers.
 *
 * <pre>{@code
 * hashing(3).apply("A", "B", "C", "D", "E")               // [1, 0, 1, 1, 2]
 * hashing(3).salt(133, 137).apply("A", "B", "C")          // [1, 2, 1]
 * hashing(3).maskValue("").apply("A", "")                 // [1, 0]
 * }</pre>
 *
 * @question Which bin does a text fall into, without a vocabulary?
 * @use For categories that are many or not known in advance.
 * @avoid When two categories must never share a bin.
 */
public final class Hashing extends BaseLayer<Hashing> implements TextLayer<Hashing> {
  private static final List<TokenMode> MODES =
      List.of(TokenMode.INT, TokenMode.ONE_HOT, TokenMode.MULTI_HOT, TokenMode.COUNT);

  private final int bins;
  private Optional<Object> mask = Optional.empty();
  private long[] salt = {};
  private TokenMode mode = TokenMode.INT;
  private boolean isBehindTexts;

  /**
   * @param bins how many there are
   */
  public Hashing(int bins) {
    this.bins = LayerChecks.requirePositive("hashing", "bins", bins);
  }

  /** The text for padding, which gets the bin 0 for itself. None by default. */
  public Hashing maskValue(String text) {
    String given = Require.given(text, kind(), "a text for padding", "leave it out for none");
    return with(copy -> copy.mask = Optional.of(given));
  }

  /** The number for padding, which gets the bin 0 for itself. */
  public Hashing maskValue(long number) {
    return with(copy -> copy.mask = Optional.of(number));
  }

  /** Hashes with SipHash and this key, twice the same number. */
  public Hashing salt(long both) {
    return salt(both, both);
  }

  /** Hashes with SipHash and this key. */
  public Hashing salt(long first, long second) {
    return with(copy -> copy.salt = new long[] {first, second});
  }

  /**
   * What it gives, by Keras's names: {@code int} (the default), the numbers of the bins; {@code
   * one_hot}, a row for each; {@code multi_hot} or {@code count}, a row for all of a sample.
   */
  public Hashing outputMode(String name) {
    TokenMode named = TokenMode.named(kind(), name, MODES);
    return with(copy -> copy.mode = named);
  }

  /**
   * What the layer gives for texts or numbers: {@code []} for one, {@code [n]} for several, in
   * other output modes a row for each.
   *
   * @param given a text or a number, or lists, arrays or columns of them
   */
  public Values apply(Object given) {
    if (!Texts.areTexts(given)) {
      Values numbers = Values.of(kind(), given);
      String[] texts =
          Arrays.stream(numbers.toDoubles())
              .mapToObj(each -> Long.toString((long) each))
              .toArray(String[]::new);
      return shaped(numbers.shape(), Texts.of(kind(), texts));
    }
    Texts texts = Texts.of(kind(), given);
    return shaped(texts.shape(), texts);
  }

  /** The same for several texts. */
  public Values apply(String... texts) {
    return apply((Object) texts);
  }

  private Values shaped(int[] shape, Texts texts) {
    int[] sample = shape.length < 2 ? new int[] {1} : Arrays.copyOfRange(shape, 1, shape.length);
    int rows = shape.length == 0 ? 1 : shape[0];
    int width = Shapes.size(sample);
    List<int[]> all =
        IntStream.range(0, rows)
            .mapToObj(
                row ->
                    texts.all().subList(row * width, (row + 1) * width).stream()
                        .mapToInt(this::bin)
                        .toArray())
            .toList();
    int[] one = mode.shape(kind(), bins, sample);
    Values values = new TokenRows(all, mode, one, bins, new float[0]).values(kind());
    return mode == TokenMode.INT
        ? values.reshape(shape)
        : shape.length == 0 ? values.reshape(one) : values;
  }

  private int bin(String text) {
    if (mask.isEmpty() || bins == 1) {
      return Fingerprints.bin(text, salt, bins);
    }
    return mask.get().toString().equals(text) ? 0 : 1 + Fingerprints.bin(text, salt, bins - 1);
  }

  @Override
  public String kind() {
    return "hashing";
  }

  @Override
  public int[] shapeOf(int texts) {
    return mode.shape(kind(), bins, texts);
  }

  @Override
  public EncodedTexts encode(String who, Texts texts) {
    Require.given(texts, kind(), "texts", "Texts.of(\"a good film\") is one");
    List<int[]> all =
        IntStream.range(0, texts.rows())
            .mapToObj(row -> texts.row(row).stream().mapToInt(this::bin).toArray())
            .toList();
    return new TokenRows(all, mode, shapeOf(texts.width()), bins, new float[0]);
  }

  @Override
  public Hashing behindTexts() {
    return with(copy -> copy.isBehindTexts = true);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return isBehindTexts ? inputShape.clone() : mode.shape(kind(), bins, inputShape);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    if (isBehindTexts) {
      return x;
    }
    int[] indices = new int[Shapes.size(x.shape())];
    float[] none = {};
    boolean isMasked = mask.isPresent() && bins > 1;
    String padding = mask.map(Object::toString).orElse("");
    boolean isNumber = isMasked && padding.matches("0|-?[1-9]\\d{0,17}");
    long masked = isNumber ? Long.parseLong(padding) : 0;
    var hashed = new NumberBins(salt.clone(), isMasked ? bins - 1 : bins);
    return graph.category(
        x,
        (from, into) -> {
          for (int i = 0; i < from.length; i++) {
            long number = (long) from[i];
            boolean isPadding = isNumber && number == masked;
            indices[i] = isPadding ? 0 : hashed.bin(number) + (isMasked ? 1 : 0);
          }
          mode.write(indices, from.length, bins, none, into, 0);
        },
        outputOf(x.shape()));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return mode.bounds(bins, Shapes.size(Shapes.fixed(1, inputShapes.get(0))));
  }

  @Override
  public String toString() {
    return "hashing(" + bins + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Hashing")
            .with("dtype", mode == TokenMode.INT ? "int64" : "float32") // else Keras refuses it
            .with("num_bins", bins)
            .with("salt", salt.length == 0 ? Optional.empty() : List.of(salt[0], salt[1]))
            .with("mask_value", mask.orElse(Optional.empty()))
            .with("output_mode", mode.kerasName()));
  }

  static Hashing from(Settings settings) {
    Hashing layer =
        new Hashing(settings.integer("num_bins")).outputMode(settings.text("output_mode", "int"));
    if (settings.has("salt")) {
      long[] key = Salt.from(settings);
      layer = layer.salt(key[0], key[1]);
    }
    Object masked = settings.value("mask_value").orElse(Optional.empty());
    if (masked instanceof Optional<?>) {
      return layer;
    }
    if (masked instanceof String text) {
      return layer.maskValue(text);
    }
    return masked instanceof Number number && number.doubleValue() == number.longValue()
        ? layer.maskValue(number.longValue())
        : settings.wrong("mask_value", "a text or a whole number", masked);
  }
}
