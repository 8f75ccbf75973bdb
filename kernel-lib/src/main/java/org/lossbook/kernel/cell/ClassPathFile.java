package org.lossbook.kernel.cell;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.tools.SimpleJavaFileObject;

/** A class, or its source, on the class path, as the compiler reads it. */
final class ClassPathFile extends SimpleJavaFileObject {
  /** Opens a file. */
  interface Content {
    InputStream open() throws IOException;
  }

  /** The base class wants one with a path, which that of a file in a jar lacks. */
  private static final URI NONE = URI.create("/");

  private final URI uri;
  private final String name;
  private final Content content;

  /**
   * @param name its path from the root of its jar or directory
   */
  ClassPathFile(URI uri, String name, Content content) {
    super(NONE, kind(name));
    this.uri = uri;
    this.name = name;
    this.content = content;
  }

  static Kind kind(String name) {
    return name.endsWith(Kind.CLASS.extension)
        ? Kind.CLASS
        : name.endsWith(Kind.SOURCE.extension) ? Kind.SOURCE : Kind.OTHER;
  }

  String binaryName() {
    return name.substring(0, name.length() - kind.extension.length()).replace('/', '.');
  }

  @Override
  public URI toUri() {
    return uri;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isNameCompatible(String simpleName, Kind wanted) {
    return wanted == kind
        && name.substring(name.lastIndexOf('/') + 1).equals(simpleName + kind.extension);
  }

  @Override
  public InputStream openInputStream() throws IOException {
    return content.open();
  }

  @Override
  public CharSequence getCharContent(boolean ignoreErrors) throws IOException {
    try (InputStream in = openInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
