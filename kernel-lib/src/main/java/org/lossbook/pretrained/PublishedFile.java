package org.lossbook.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.download.Download;
import org.lossbook.data.download.Locations;

/**
 * A file that Keras publishes, which is looked for in the folder {@code pretrained} of the user's
 * data folder and of the cache, then downloaded.
 *
 * @param title what needs it
 * @param url where Keras keeps it
 * @param hash its MD5 or SHA-256 as Keras's sources give it; for some files they give none
 * @param most the number of bytes that it has at most
 */
record PublishedFile(String title, URI url, Optional<String> hash, long most)
    implements Download.Published<Path> {
  private static final String FOLDER = "pretrained";
  private static final int MD5_LENGTH = 32;

  /** The file, which is downloaded if it is in no folder. */
  Path find(Locations locations) {
    Path cached = locations.cache().resolve(FOLDER).resolve(fileName());
    return Stream.concat(
            locations.data().map(data -> data.resolve(FOLDER).resolve(fileName())).stream(),
            Stream.of(cached))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(this::checked)
        .orElseGet(
            () -> {
              new Download(title, List.of(url.resolve(".")), locations.timeouts(), locations.out())
                  .fetch(this, cached);
              return cached;
            });
  }

  private Path checked(Path path) {
    try {
      return read(path);
    } catch (IOException e) {
      throw new DataException(
          Messages.of(
              "%s expects Keras's file %s but %s %s: delete that file, and the next call fetches it again.",
              title, fileName(), path, e.getMessage()),
          e);
    }
  }

  @Override
  public String fileName() {
    String path = url.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public Path read(Path path) throws IOException {
    if (hash.isPresent()) {
      String found = digest(path, hash.get().length() == MD5_LENGTH ? "MD5" : "SHA-256");
      if (!found.equals(hash.get())) {
        throw new IOException("has other bytes (" + found + ", not " + hash.get() + ")");
      }
    }
    return path;
  }

  private static String digest(Path path, String algorithm) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      var digest = MessageDigest.getInstance(algorithm);
      var through = new DigestInputStream(in, digest);
      byte[] bytes = new byte[1 << 16];
      while (through.read(bytes) >= 0) {
        // the digest sees each of them
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  @Override
  public String otherwise(Path target) {
    return Messages.of(
        "download %s and put it into %s, or into the folder %s of the folder that LOSSBOOK_DATA names",
        url, target.getParent(), FOLDER);
  }
}
