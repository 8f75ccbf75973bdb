package org.lossbook.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.ColourMap;
import org.lossbook.plot.canvas.Palette;

/**
 * The shares of attention: a row for each word that looks, a column for each that is looked at;
 * darker is more.
 *
 * @param title what is shown
 * @param shares {@code shares[query][key]}, each row sums to one
 * @hidden
 */
@Internal
public record AttentionGrid(
    String title, List<String> queries, List<String> keys, double[][] shares) {
  private static final int WIDTH = 640;
  private static final int TOP = 62;
  private static final int LEFT = 110;
  private static final int MARGIN = 14;
  private static final int WIDEST = 80;
  private static final int ROOM_FOR_NUMBERS = 34;
  private static final double DARK = 0.6;

  /** The figure, 640 pixels wide. */
  public Figure figure() {
    int height = TOP + tall() * queries.size() + MARGIN;
    String text = text();
    return Figure.drawing(WIDTH, height, alt(), text, this::paint);
  }

  private int tall() {
    return Math.min(36, Math.max(18, 360 / queries.size()));
  }

  private void paint(Graphics2D g) {
    int cell = Math.min(WIDEST, (WIDTH - LEFT - MARGIN) / keys.size());
    int tall = tall();
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(title, MARGIN, 20);
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.FAINT_INK);
    g.drawString("is looked at →", LEFT, 38);
    right(g, "looks ↓", TOP - 7);
    g.setColor(Palette.INK);
    for (int k = 0; k < keys.size(); k++) {
      centred(g, Canvas.fitted(g, keys.get(k), cell - 4), LEFT + k * cell + cell / 2, TOP - 7);
    }
    for (int q = 0; q < queries.size(); q++) {
      int y = TOP + q * tall;
      g.setFont(Canvas.WORDS);
      g.setColor(Palette.INK);
      right(g, Canvas.fitted(g, queries.get(q), LEFT - 10 - MARGIN), y + tall / 2 + 4);
      g.setFont(Canvas.SMALL);
      for (int k = 0; k < keys.size(); k++) {
        double share = shares[q][k];
        g.setColor(ColourMap.of(Math.min(1, share)));
        g.fillRect(LEFT + k * cell + 1, y + 1, cell - 2, tall - 2);
        if (cell >= ROOM_FOR_NUMBERS) {
          g.setColor(share > DARK ? Color.WHITE : Palette.INK);
          centred(g, Messages.of("%.2f", share), LEFT + k * cell + cell / 2, y + tall / 2 + 4);
        }
      }
    }
  }

  private static void right(Graphics2D g, String text, int y) {
    g.drawString(text, LEFT - 10 - g.getFontMetrics().stringWidth(text), y);
  }

  private static void centred(Graphics2D g, String text, int x, int y) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
  }

  private String alt() {
    return Messages.of(
        "%s: a grid of %d words that look and %d that are looked at; darker is more.",
        title, queries.size(), keys.size());
  }

  private String text() {
    StringBuilder text = new StringBuilder(alt());
    for (int q = 0; q < queries.size(); q++) {
      text.append('\n').append(queries.get(q)).append(':');
      for (int k = 0; k < keys.size(); k++) {
        text.append(Messages.of(" %s %.2f", keys.get(k), shares[q][k]));
      }
    }
    return text.toString();
  }
}
