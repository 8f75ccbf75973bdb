package org.lossbook.data.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;

/**
 * The image files in a folder: with one subfolder per class, or with a folder of masks beside it.
 *
 * @param classes the names of the subfolders, in order
 * @param paths the paths of the files, class by class
 * @param labels the label of each file
 * @param masks the path of each file's mask; none if folders are classes
 */
record FolderFiles(
    List<String> classes, List<String> paths, List<Integer> labels, List<String> masks) {
  /**
   * Extensions of image files, including those that Java cannot read: reading them gives a clear
   * error.
   */
  private static final Set<String> KINDS =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif",
          "avif", "jxl", "jp2", "svg", "psd");

  /** Refuses what cannot be the path of a folder. */
  static void check(String path) {
    if (path == null || path.isBlank()) {
      throw new DataException(
          Messages.of(
              "imageFolder expects the path of a folder but receives %s: imageFolder(\"pets\") reads one beside the notebook.",
              path == null ? "null" : "an empty text"));
    }
  }

  /**
   * Lists the folder.
   *
   * @param chosen the classes to read, in order; empty for all
   */
  static FolderFiles of(String path, List<String> chosen) {
    try {
      Path root = folder(path);
      List<String> classes = chosen.isEmpty() ? folders(root) : chosen;
      List<String> paths = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      for (int label = 0; label < classes.size(); label++) {
        Path folder = root.resolve(classes.get(label));
        List<String> files = Files.isDirectory(folder) ? pictures(folder) : List.of();
        if (files.isEmpty() && chosen.isEmpty()) {
          throw new DataException(
              Messages.of(
                  "imageFolder expects pictures (png, jpg, gif, bmp) in every folder of %s but %s has none: put some there, or name the others with .classes(…).",
                  path, classes.get(label)));
        }
        paths.addAll(files);
        for (int i = 0; i < files.size(); i++) {
          labels.add(label);
        }
      }
      if (paths.isEmpty()) {
        throw new DataException(
            Messages.of(
                "imageFolder expects a folder for each class with its pictures in it but finds %s in %s: make %s/cat, %s/dog and so on.",
                classes.isEmpty() ? "no folder" : "no picture (png, jpg, gif, bmp)",
                path,
                path,
                path));
      }
      return new FolderFiles(
          List.copyOf(classes), List.copyOf(paths), List.copyOf(labels), List.of());
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Lists the images of a folder and the mask of each: the file of the same name, whatever its
   * extension, in the same place of the folder of masks.
   *
   * @param skips whether an image without a mask is left out instead of refused
   */
  static FolderFiles pairs(String path, String masksPath, boolean skips) {
    try {
      Path root = folder(path);
      Path beside = folder(masksPath);
      Map<String, String> masks = new HashMap<>();
      for (String mask : pictures(beside)) {
        String other = masks.put(name(beside, mask), mask);
        if (other != null) {
          throw new DataException(
              Messages.of(
                  "imageFolder expects one mask for each picture but finds %s and %s: remove one of them.",
                  other, mask));
        }
      }
      List<String> paths = new ArrayList<>();
      List<String> found = new ArrayList<>();
      for (String picture : pictures(root)) {
        String mask = masks.get(name(root, picture));
        boolean isMask = absolute(Path.of(picture)).startsWith(absolute(beside));
        if (mask == null && !isMask && !skips) {
          throw new DataException(
              Messages.of(
                  "imageFolder expects a mask for each picture but finds none in %s for %s: it has the same name, or leave the picture out with .skipBroken().",
                  masksPath, picture));
        }
        if (mask != null && !isMask) {
          paths.add(picture);
          found.add(mask);
        }
      }
      if (paths.isEmpty()) {
        throw new DataException(
            Messages.of(
                "imageFolder expects pictures (png, jpg, gif, bmp) in %s with masks of the same names in %s but finds none: check both paths.",
                path, masksPath));
      }
      return new FolderFiles(
          List.of(), List.copyOf(paths), Collections.nCopies(paths.size(), 0), List.copyOf(found));
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      throw unreadable(path, e);
    }
  }

  private static Path folder(String path) {
    Path root = Path.of(path);
    if (!Files.isDirectory(root)) {
      throw new DataException(
          Messages.of(
              "imageFolder expects a folder but finds %s at %s: the working directory is %s, so give a path relative to it or an absolute one.",
              Files.exists(root) ? "a file" : "nothing", path, Path.of("").toAbsolutePath()));
    }
    return root;
  }

  private static DataException unreadable(String path, Exception cause) {
    return new DataException(
        Messages.of(
            "imageFolder cannot read %s (%s): check its permissions.", path, cause.getMessage()),
        cause);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The place of a file in a folder, without its extension. */
  private static String name(Path folder, String file) {
    String within = folder.relativize(Path.of(file)).toString().replace('\\', '/');
    return within.substring(0, within.lastIndexOf('.'));
  }

  private static List<String> folders(Path root) throws IOException {
    try (Stream<Path> inside = Files.list(root)) {
      return inside
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !isHidden(name))
          .sorted()
          .toList();
    }
  }

  /**
   * Lists image files in the order of their paths, so that a folder gives the same dataset on every
   * machine.
   */
  private static List<String> pictures(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return inside
          .filter(Files::isRegularFile)
          .filter(FolderFiles::isPicture)
          .filter(file -> !isHidden(folder.relativize(file)))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .map(file -> folder.resolve(file).toString())
          .toList();
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    return KINDS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static boolean isHidden(Path within) {
    return StreamSupport.stream(within.spliterator(), false)
        .anyMatch(part -> isHidden(part.toString()));
  }

  /** Ignores Jupyter's checkpoints, and what macOS adds to archives. */
  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.equals("__MACOSX");
  }
}
