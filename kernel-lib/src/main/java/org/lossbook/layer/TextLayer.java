package org.lossbook.layer;

import org.lossbook.data.EncodedTexts;
import org.lossbook.data.Texts;

/**
 * A layer that can make numbers of texts. It stands right behind a text input, and does its work
 * before the network's plan, which knows numbers only.
 *
 * @param <L> the layer itself
 */
public interface TextLayer<L> {
  /** Its kind, for messages. */
  String kind();

  /**
   * The shape of the numbers for a sample of so many texts.
   *
   * @param texts −1 if it is not known
   */
  int[] shapeOf(int texts);

  /** The numbers for these texts. */
  EncodedTexts encode(String who, Texts texts);

  /** The layer as it stands in a network, where its input is numbers already. */
  L behindTexts();
}
