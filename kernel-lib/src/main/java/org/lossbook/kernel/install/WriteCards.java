package org.lossbook.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lossbook.Internal;
import org.lossbook.Lossbook;
import org.lossbook.base.Messages;
import org.lossbook.card.CardPages;

/**
 * Writes the cards of all factories as pages: {@code ./lossbook cards DIR}.
 *
 * @hidden
 */
@Internal
public final class WriteCards {
  private WriteCards() {}

  /** Runs the command; on failure prints one line and exits with code 1. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    Path folder = Path.of(args.length == 1 ? args[0] : "");
    if (args.length != 1 || Files.exists(folder) && !Files.isDirectory(folder)) {
      System.err.println("cards expects one folder, such as: ./lossbook cards site");
      System.exit(1);
    }
    try {
      int count = CardPages.write(Lossbook.class, folder);
      System.out.println(
          Messages.of("%d cards: open %s", count, folder.resolve("index.html").toAbsolutePath()));
    } catch (IOException e) {
      System.err.println("The cards cannot be written: " + e.getMessage());
      System.exit(1);
    }
  }
}
