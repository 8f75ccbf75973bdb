package org.lossbook.pretrained;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.data.Values;
import org.lossbook.data.download.Locations;
import org.lossbook.model.Blueprint;
import org.lossbook.model.Model;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkLayer;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of {@code keras.applications} with the weights that Keras publishes, trained on the
 * 1,000 classes of ImageNet. The weights are downloaded when they are first needed, checked by the
 * hash that Keras's sources give, and kept in {@code ~/.cache/lossbook/pretrained} (or under {@code
 * $LOSSBOOK_CACHE}); the folder {@code pretrained} in {@code $LOSSBOOK_DATA} is looked into first.
 * Keras gives no hash for MobileNet and MobileNetV2: their arrays must fit by name, number and
 * shape.
 *
 * <pre>{@code
 * var net = pretrained("mobilenet_v2");
 * net.top5(image("cat.png"))               // a table: class, probability
 *
 * var base = pretrained("mobilenet_v2").withoutTop().inputSize(96, 96).network().frozen();
 * var model = sequential(input(96, 96, 3), base, globalAveragePooling2d(), dense(2).softmax())
 *     .compile(adam(), sparseCategoricalCrossentropy(), accuracy());
 * }</pre>
 *
 * <p>Images have numbers from 0 to 1, as {@code image(…)} and {@code imageFolder(…)} give them: the
 * first layer, {@code preprocessing}, turns them into what the network was trained on, and networks
 * that Keras trained on blue, green and red are changed to read red, green and blue.
 */
public final class Pretrained extends Refined<Pretrained> implements Renderable {
  private static final int TOP = 5;

  private final String name;
  private final Locations locations;
  private boolean isWithTop = true;
  private OptionalInt height = OptionalInt.empty();
  private OptionalInt width = OptionalInt.empty();

  /** The loaded model, once it was needed. */
  private Optional<Model> loaded = Optional.empty();

  private Pretrained(String name, Locations locations) {
    this.name = name;
    this.locations = locations;
  }

  /**
   * The network of that name, such as {@code "mobilenet_v2"} or {@code "resnet50"}.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Pretrained pretrained(String name) {
    if (name == null || !PublishedNetwork.names().contains(name)) {
      throw PublishedNetwork.unknown(name);
    }
    return of(name, Locations.standard());
  }

  static Pretrained of(String name, Locations locations) {
    return new Pretrained(name, locations);
  }

  @Override
  protected void beginAnew() {
    loaded = Optional.empty();
  }

  /**
   * Without its last layers, from the pooling to the 1,000 classes: for a head of your own. It
   * takes images of any size, unless {@link #inputSize} sets one.
   */
  public Pretrained withoutTop() {
    return with(copy -> copy.isWithTop = false);
  }

  /**
   * The size of the images that it takes, in pixels; only {@linkplain #withoutTop without top}.
   *
   * @throws IllegalArgumentException if it has its top, which was trained for one size
   */
  public Pretrained inputSize(int height, int width) {
    if (isWithTop) {
      throw Messages.wrong(
          "inputSize expects a network without its top, which was trained for one size: write pretrained(\"%s\").withoutTop().inputSize(%d, %d).",
          name, height, width);
    }
    if (height < 1 || width < 1) {
      throw Messages.wrong(
          "inputSize expects a height and a width of at least 1 pixel but receives %d and %d.",
          height, width);
    }
    return with(
        copy -> {
          copy.height = OptionalInt.of(height);
          copy.width = OptionalInt.of(width);
        });
  }

  private PublishedNetwork published() {
    PublishedNetwork published = PublishedNetwork.of(name, isWithTop);
    return height.isPresent() ? published.sized(height.getAsInt(), width.getAsInt()) : published;
  }

  /**
   * The model with the published weights, not compiled: it predicts.
   *
   * @throws org.lossbook.data.DataException if the weights cannot be had; the message says which
   *     file to put where
   */
  public synchronized Model model() {
    if (loaded.isEmpty()) {
      PublishedNetwork published = published();
      Blueprint<?> blueprint = published.blueprint();
      Network network = NetworkLayer.within(blueprint).orElseThrow();
      var file = published.weights(network).find(locations);
      Model model = blueprint.build().loadWeights(file);
      if (published.isTurned()) {
        turn(model, network);
      }
      loaded = Optional.of(model);
    }
    return loaded.get();
  }

  /** Lets the first kernel read red, green and blue instead of blue, green and red. */
  private static void turn(Model model, Network network) {
    String kernel = network.parameters().get(0).name();
    Values values = model.weightValues(kernel);
    float[] from = values.toFloats();
    int[] shape = values.shape(); // [height, width, 3, filters]
    int filters = shape[3];
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i += filters) {
      int channel = i / filters % 3;
      System.arraycopy(from, i, to, i + (2 - 2 * channel) * filters, filters);
    }
    model.weights(kernel, Values.of(to, shape));
  }

  /**
   * The network with the published weights, as a layer of another: to cut with {@code upTo}, to
   * freeze, to train further behind a head of your own.
   */
  public Blueprint<?> network() {
    return model().network();
  }

  /**
   * What it says of images: the probabilities of the 1,000 classes; without top, its features.
   *
   * @param images a picture, a list of pictures, or an array with numbers from 0 to 1
   * @return a row for each image
   */
  public INDArray predict(Object images) {
    return model().predict(images);
  }

  /** The same as plain numbers, without ND4J. */
  public Values predictValues(Object images) {
    return model().predictValues(images);
  }

  /**
   * The five most probable classes of an image, as a table.
   *
   * @param image a picture, or an array with numbers from 0 to 1
   * @throws IllegalStateException if it has no top
   */
  public TextTable top5(Object image) {
    if (!isWithTop) {
      throw new IllegalStateException(
          Messages.of(
              "top5 expects a network with its 1,000 classes but withoutTop() left them out: ask pretrained(\"%s\").top5(…).",
              name));
    }
    Values chances = predictValues(image);
    return table(chances, ImageNetClasses.names(locations));
  }

  static TextTable table(Values chances, List<String> names) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < chances.rows(); row++) {
      int from = row * names.size();
      IntStream.range(0, names.size())
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -chances.get(from + i)))
          .limit(TOP)
          .forEach(
              i -> rows.add(List.of(names.get(i), Messages.of("%.3f", chances.get(from + i)))));
    }
    return new TextTable(
        "",
        List.of(TextTable.Column.words("class"), TextTable.Column.numbers("probability")),
        rows,
        List.of());
  }

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/plain", toString());
  }

  /** {@code mobilenet_v2, 3,538,984 parameters, trained on ImageNet}. */
  @Override
  public String toString() {
    Network network = NetworkLayer.within(published().blueprint()).orElseThrow();
    return Messages.of(
        "%s%s, %,d parameters, trained on ImageNet",
        name,
        isWithTop ? "" : " without top",
        network.nodes().stream().mapToLong(Network.Node::size).sum());
  }
}
