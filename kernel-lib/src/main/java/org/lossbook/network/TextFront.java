package org.lossbook.network;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.layer.Layer;
import org.lossbook.layer.TextLayer;

/**
 * What stands before an input of a network that takes texts: the layer that makes its numbers, once
 * it is known.
 *
 * @param texts how many texts a sample has
 * @hidden
 */
@Internal
public record TextFront(int texts, Optional<TextLayer<?>> layer) {
  /** The layer that reads texts. */
  public TextLayer<?> reader() {
    return layer.orElseThrow();
  }

  /** With this layer, which must be one of texts, and the only one. */
  TextFront readBy(String input, Layer reader) {
    if (!(reader instanceof TextLayer<?> given)) {
      throw Messages.wrong(
          "%s expects numbers but receives texts from %s: put textVectorization(…) between them.",
          reader.kind(), input);
    }
    if (layer.isPresent()) {
      throw Messages.wrong(
          "%s expects one layer to read its texts but receives %s and %s: make a textInput() for each.",
          input, layer.get().kind(), given.kind());
    }
    return new TextFront(texts, Optional.of(given));
  }
}
