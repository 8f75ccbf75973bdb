package org.lossbook.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;
import org.lossbook.model.Blueprint;
import org.lossbook.model.keras.SavedModel;
import org.lossbook.network.Network;

/**
 * A network of {@code keras.applications}: its layers, behind one for the preprocessing that it was
 * trained with, and where Keras publishes its weights.
 *
 * @param layers Keras's config
 * @param isTurned whether it was trained on blue, green and red, in this order
 */
record PublishedNetwork(
    String name, URI url, Optional<String> hash, Map<String, Object> layers, boolean isTurned) {
  private static final String CONFIG = "config";
  private static final String LAYERS = "layers";

  /**
   * The network of that name.
   *
   * @param isWithTop whether it ends in the 1,000 classes
   */
  static PublishedNetwork of(String name, boolean isWithTop) {
    Map<String, Object> all = Json.object(text(name + ".json.gz", GZIPInputStream::new));
    Map<String, Object> form = Json.object("a form", all.get(isWithTop ? "top" : "open"));
    return new PublishedNetwork(
        name,
        URI.create(form.get("url").toString()),
        Json.get(form, "hash").map(Object::toString),
        Json.object(CONFIG, form.get(CONFIG)),
        "caffe".equals(all.get("mode")));
  }

  /** The names of all networks. */
  static List<String> names() {
    return text("networks.txt", in -> in).lines().toList();
  }

  /** Unpacks a resource. */
  private interface Unpacking {
    InputStream of(InputStream packed) throws IOException;
  }

  private static String text(String resource, Unpacking unpacking) {
    try (InputStream in = PublishedNetwork.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw Messages.wrong("pretrained needs %s, which is not in this jar.", resource);
      }
      return new String(unpacking.of(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for images of that size. */
  PublishedNetwork sized(int height, int width) {
    Map<String, Object> model = new LinkedHashMap<>(Json.object(CONFIG, layers.get(CONFIG)));
    List<Object> changed = new ArrayList<>(Json.list(LAYERS, model.get(LAYERS)));
    Map<String, Object> input = new LinkedHashMap<>(Json.object("a layer", changed.get(0)));
    Map<String, Object> settings = new LinkedHashMap<>(Json.object(CONFIG, input.get(CONFIG)));
    settings.put("batch_shape", Arrays.asList(Optional.empty(), (long) height, (long) width, 3L));
    input.put(CONFIG, settings);
    changed.set(0, input);
    model.put(LAYERS, changed);
    Map<String, Object> sized = new LinkedHashMap<>(layers);
    sized.put(CONFIG, model);
    return new PublishedNetwork(name, url, hash, sized, isTurned);
  }

  /** Its layers with initial weights. */
  Blueprint<?> blueprint() {
    return Blueprint.of(SavedModel.network(layers, Blueprint::of));
  }

  /**
   * The file with its weights.
   *
   * @param network with as many weights
   */
  PublishedFile weights(Network network) {
    long numbers = network.nodes().stream().mapToLong(Network.Node::size).sum();
    return new PublishedFile(name, url, hash, Float.BYTES * numbers * 5 / 4 + (16 << 20));
  }

  /** The message for a name that there is not. */
  static IllegalArgumentException unknown(String name) {
    return Messages.wrong(
        "pretrained expects the name of a network of keras.applications but receives %s: there are %s.",
        Shown.of(name), String.join(", ", names()));
  }
}
