package org.lossbook.data.picture;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.config.Refined;
import org.lossbook.data.DataException;
import org.lossbook.data.Dataset;
import org.lossbook.data.Describe;
import org.lossbook.data.FilePath;
import org.lossbook.data.ForwardingDataset;
import org.lossbook.data.Images;

/**
 * Pictures in folders, a folder a class, as a dataset: {@code pets/cat/1.jpg}, {@code
 * pets/dog/2.png}, … The folders' names, in the order of their letters, are the classes; pictures
 * in folders within them count too. Read when first used, and kept as bytes.
 *
 * <pre>{@code
 * var pets = imageFolder("pets").fitted(64, 64).split(0.8, 42);
 * images(pets.train(), 12)
 * model.fit(pets.train(), epochs(10).validation(pets.test()));
 * }</pre>
 *
 * <p>All must come to one size: say {@link #fitted}, {@link #resized}, or nothing where they have
 * it. They are grey where all are, else coloured, unless {@link #grey} or {@link #colour} says so.
 */
public final class ImageFolder extends ForwardingDataset {
  private final Settings settings;

  /** What a reader has said; kept by one specification, and never changed from then on. */
  private static final class Settings extends Refined<Settings> {
    String path = "";
    int height; // 0 where every picture keeps its own size
    int width;
    boolean stretched;
    int channels; // 0 where the pictures decide
    List<String> classes = List.of();
    boolean skipsBroken;

    Settings changed(Consumer<Settings> change) {
      return with(change);
    }
  }

  private ImageFolder(Settings settings) {
    this.settings = settings;
  }

  /** The folder in which the classes' folders are, from the working directory on or the root. */
  public static ImageFolder of(String path) {
    FolderFiles.check(path);
    var settings = new Settings();
    settings.path = path;
    return new ImageFolder(settings);
  }

  /** The same by Java's own path. */
  public static ImageFolder of(Path path) {
    return of(FilePath.text("imageFolder", path));
  }

  private ImageFolder with(Consumer<Settings> change) {
    return new ImageFolder(settings.changed(change));
  }

  /** Each picture whole and in proportion within this size: {@link Picture#fitted}. */
  public ImageFolder fitted(int height, int width) {
    return sized("fitted", height, width, false);
  }

  /** Each picture stretched to this size: {@link Picture#resized}. */
  public ImageFolder resized(int height, int width) {
    return sized("resized", height, width, true);
  }

  private ImageFolder sized(String who, int height, int width, boolean stretched) {
    Picture.checkSize(who, height, width);
    return with(
        s -> {
          s.height = height;
          s.width = width;
          s.stretched = stretched;
        });
  }

  /** One number a pixel, how bright it is. */
  public ImageFolder grey() {
    return with(s -> s.channels = 1);
  }

  /** Three numbers a pixel, red, green and blue. */
  public ImageFolder colour() {
    return with(s -> s.channels = 3);
  }

  /**
   * These folders alone, in this order: for test data that lacks a class, or to leave one out. One
   * of them may be missing.
   */
  public ImageFolder classes(String... names) {
    if (names == null || names.length == 0 || Arrays.asList(names).contains(null)) {
      throw new IllegalArgumentException(
          "classes expects names of folders but receives %s: name at least one."
              .formatted(names == null || names.length > 0 ? "null" : "none"));
    }
    return with(s -> s.classes = List.of(names));
  }

  /** Files that cannot be read are left out instead of being an error. */
  public ImageFolder skipBroken() {
    return with(s -> s.skipsBroken = true);
  }

  /**
   * Reads the pictures.
   *
   * @throws DataException where there is no such folder, no picture in it, a broken one, or one of
   *     another size than the first
   */
  @Override
  protected Dataset make() {
    var files = FolderFiles.of(settings.path, settings.classes);
    Picture[] pictures = new Picture[files.paths().size()];
    int[] labels = new int[pictures.length];
    int count = 0;
    for (int i = 0; i < pictures.length; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new DataException.Interrupted(
            "imageFolder was stopped after %s of %s pictures: nothing is kept, ask again."
                .formatted(Describe.count(i), Describe.count(pictures.length)));
      }
      try {
        pictures[count] = fit(files.paths().get(i));
        labels[count] = files.labels().get(i);
        count++;
      } catch (DataException e) {
        if (!settings.skipsBroken) {
          throw e;
        }
      }
    }
    if (count == 0) {
      throw new DataException(
          "imageFolder expects pictures in %s but all %s are broken: open one elsewhere and look."
              .formatted(settings.path, Describe.count(pictures.length)));
    }
    return images(Arrays.copyOf(pictures, count), Arrays.copyOf(labels, count), files);
  }

  private Picture fit(String path) {
    Picture picture = PictureFile.read("imageFolder", path);
    if (settings.height > 0) {
      picture =
          settings.stretched
              ? picture.resized(settings.height, settings.width)
              : picture.fitted(settings.height, settings.width);
    }
    picture = settings.channels == 1 ? picture.grey() : picture;
    return picture.named(path);
  }

  private Images images(Picture[] pictures, int[] labels, FolderFiles files) {
    Picture first = pictures[0];
    int channels =
        settings.channels > 0
            ? settings.channels
            : Arrays.stream(pictures).mapToInt(Picture::channels).max().orElse(1);
    int stride = first.height() * first.width() * channels;
    if ((long) stride * pictures.length > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "imageFolder expects pictures of at most 2 GB in all but %s of %d×%d are more: make them smaller with .fitted(…)."
              .formatted(Describe.count(pictures.length), first.height(), first.width()));
    }
    byte[] all = new byte[stride * pictures.length];
    for (int i = 0; i < pictures.length; i++) {
      Picture picture = channels == 3 ? pictures[i].colour() : pictures[i];
      if (picture.height() != first.height() || picture.width() != first.width()) {
        throw new DataException(
            "imageFolder expects pictures of one size, %d×%d as the first, but receives %s: bring them to one with .fitted(%d, %d)."
                .formatted(first.height(), first.width(), picture, first.height(), first.width()));
      }
      System.arraycopy(picture.bytes(), 0, all, i * stride, stride);
    }
    return new Images(all, labels, first.height(), first.width(), channels, files.classes());
  }

  /** {@code pets: 2,000 images 64×64×3, 2 classes: cat 1,000, dog 1,000}. */
  @Override
  public String toString() {
    float[] labels = y().toArray();
    String counts =
        IntStream.range(0, Math.min(12, classNames().size()))
            .mapToObj(
                k ->
                    classNames().get(k)
                        + " "
                        + Describe.count(
                            IntStream.range(0, labels.length).filter(i -> labels[i] == k).count()))
            .collect(Collectors.joining(", "));
    return "%s: %s: %s%s"
        .formatted(
            settings.path, Describe.dataset(this), counts, classNames().size() > 12 ? ", …" : "");
  }
}
