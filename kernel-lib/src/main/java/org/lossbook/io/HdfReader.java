package org.lossbook.io;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.lossbook.Internal;
import org.lossbook.config.Reason;

/**
 * Reads numbers from an untrusted HDF5 file. jHDF finds where an array lies; the numbers are read
 * here, a chunk at a time, after what the file says of them has been compared with what it has.
 * Links to other places and other files are not followed.
 *
 * @hidden
 */
@Internal
public final class HdfReader implements AutoCloseable {
  private static final int CHUNK = 1 << 14;

  /** Keras takes five steps from a file to an array, and three more for a model within. */
  private static final int DEEPEST = 50;

  private final String file;
  private final BoundedChannel channel;
  private final HdfFile hdf;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(4 * CHUNK);
  private final float[] floats = new float[CHUNK];

  /**
   * Where numbers go: {@code count} of them, which stand at the beginning of {@code from}.
   *
   * @hidden
   */
  @Internal
  @FunctionalInterface
  public interface Sink {
    /** Takes the numbers from number {@code offset} of the array on. */
    void take(int offset, float[] from, int count);
  }

  /**
   * Opens a file.
   *
   * @param name what to call it in messages
   * @throws ModelFileException if it is no HDF5 file
   */
  public HdfReader(Path path, String name) {
    file = name;
    try {
      channel = new BoundedChannel(path);
    } catch (IOException e) {
      throw new ModelFileException(name + " cannot be read: " + Reason.of(e) + ".", e);
    }
    try {
      hdf = guarded(() -> new HdfFile(channel));
    } catch (ModelFileException e) {
      close();
      throw e;
    }
  }

  /** Whether there is an array or a group of that path. */
  public boolean has(String path) {
    return guarded(() -> find(path).isPresent());
  }

  /** The names of what is in a group; none where there is no such group. */
  public List<String> names(String path) {
    return guarded(
        () ->
            find(path)
                .filter(Group.class::isInstance)
                .map(group -> List.copyOf(((Group) group).getChildren().keySet()))
                .orElse(List.of()));
  }

  /** The paths of all arrays in a group and the groups in it; none where there is no such group. */
  public Set<String> arrays(String path) {
    Set<String> arrays = new TreeSet<>();
    guarded(
        () -> {
          find(path).ifPresent(node -> collect(node, path, 0, arrays));
          return arrays;
        });
    return arrays;
  }

  private void collect(Node node, String path, int depth, Set<String> arrays) {
    if (depth > DEEPEST || node.isLink()) {
      throw damaged(path + " is a cyclic link or leads elsewhere");
    }
    if (node instanceof Group group) {
      group
          .getChildren()
          .forEach((name, child) -> collect(child, path + "/" + name, depth + 1, arrays));
    } else {
      arrays.add(path);
    }
  }

  /**
   * Makes sure that an array is there as expected, before room is made for it.
   *
   * @throws ModelFileException if it is not there, of another shape or kind, or not all there
   */
  public void check(String path, int... shape) {
    guarded(() -> address(floats(path), path, shape));
  }

  /** Whether there is an array of floats of that shape. */
  public boolean isArray(String path, int... shape) {
    return guarded(
        () ->
            find(path)
                .filter(node -> node instanceof ContiguousDataset)
                .map(node -> Arrays.equals(((ContiguousDataset) node).getDimensions(), shape))
                .orElse(false));
  }

  /** Reads an array of floats in chunks. */
  public void read(String path, int[] shape, Sink sink) {
    guarded(
        () -> {
          ContiguousDataset array = floats(path);
          long address = address(array, path, shape);
          bytes.order(((FloatingPoint) array.getDataType()).getByteOrder());
          long size = array.getSize();
          for (int offset = 0; offset < size; offset += CHUNK) {
            int count = (int) Math.min(CHUNK, size - offset);
            channel.readFully(bytes.clear().limit(4 * count), address + 4L * offset);
            bytes.flip().asFloatBuffer().get(floats, 0, count);
            sink.take(offset, floats, count);
          }
          return size;
        });
  }

  /** A whole number of 4 or 8 bytes that stands alone; empty where there is none of that path. */
  public Optional<Long> whole(String path) {
    return guarded(
        () ->
            find(path)
                .map(
                    node -> {
                      ContiguousDataset array = contiguous(node, path);
                      int size = array.getDataType().getSize();
                      if (!(array.getDataType() instanceof FixedPoint type)
                          || size != 4 && size != 8) {
                        throw damaged(path + " is not a whole number");
                      }
                      long address = address(array, path);
                      ByteBuffer number = ByteBuffer.allocate(size).order(type.getByteOrder());
                      channel.readFully(number, address);
                      return size == 4 ? number.flip().getInt() : number.flip().getLong();
                    }));
  }

  /** A float that stands alone; empty where there is none of that path. */
  public Optional<Float> number(String path) {
    if (!has(path)) {
      return Optional.empty();
    }
    float[] number = new float[1];
    read(path, new int[0], (offset, from, count) -> number[0] = from[0]);
    return Optional.of(number[0]);
  }

  /**
   * The text that a group has under a name, such as a model's layers as JSON; empty where it has
   * none.
   *
   * @param path of the group; empty for the file itself
   */
  public Optional<String> text(String path, String name) {
    return guarded(
        () ->
            attribute(path, name)
                .filter(attribute -> attribute.getDimensions().length == 0)
                .map(attribute -> (String) attribute.getData()));
  }

  /**
   * The texts that a group has under a name, or under that name with 0, 1, … behind it where they
   * are more than HDF5 takes at once; empty where it has none, or there is no such group.
   */
  public Optional<List<String>> texts(String path, String name) {
    return guarded(
        () -> {
          if (attributes(path).containsKey(name)) {
            return Optional.of(list(path, name));
          }
          List<String> all = new ArrayList<>();
          int part = 0;
          while (attributes(path).containsKey(name + part)) {
            all.addAll(list(path, name + part++));
          }
          return part == 0 ? Optional.empty() : Optional.of(all);
        });
  }

  private List<String> list(String path, String name) {
    Optional<Attribute> found = attribute(path, name);
    if (found.isEmpty()) {
      return List.of(); // Keras writes no texts as an empty array of numbers
    }
    if (found.get().getDimensions().length != 1) {
      throw damaged(name + " of " + path + " is not a list");
    }
    return List.of((String[]) found.get().getData());
  }

  /** One that holds texts. */
  private Optional<Attribute> attribute(String path, String name) {
    Attribute found = attributes(path).get(name);
    if (found == null || found.isEmpty()) {
      return Optional.empty();
    }
    if (found.getJavaType() != String.class) {
      throw damaged(name + " of " + path + " is not a string");
    }
    return Optional.of(found);
  }

  private Map<String, Attribute> attributes(String path) {
    Optional<Node> node = path.isEmpty() ? Optional.of(hdf) : find(path);
    return node.map(Node::getAttributes).orElse(Map.of());
  }

  private ContiguousDataset floats(String path) {
    Node node = find(path).orElseThrow(() -> damaged("it has no " + path));
    ContiguousDataset array = contiguous(node, path);
    if (!(array.getDataType() instanceof FloatingPoint) || array.getDataType().getSize() != 4) {
      throw damaged(path + " holds no 32 bit floats");
    }
    return array;
  }

  private ContiguousDataset contiguous(Node node, String path) {
    if (node instanceof ContiguousDataset array) {
      return array;
    }
    throw damaged(
        path
            + (node instanceof Dataset
                ? " is compressed or chunked, which Keras never writes"
                : " is a group where numbers are expected"));
  }

  /** Where an array begins, once its shape is the expected one and all of it is in the file. */
  private long address(ContiguousDataset array, String path, int... shape) {
    int[] received = array.getDimensions();
    if (!Arrays.equals(received, shape)) {
      throw damaged(
          "%s is %s where %s is expected"
              .formatted(path, Arrays.toString(received), Arrays.toString(shape)));
    }
    long size = array.getDataType().getSize();
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    long address = array.getDataAddress();
    if (address <= 0 || address > channel.size() - size) {
      throw damaged(path + " lies beyond the end of the file");
    }
    return address;
  }

  private Optional<Node> find(String path) {
    Node node = hdf;
    for (String part : path.split("/")) {
      node = node instanceof Group group ? group.getChild(part) : null;
      if (node == null) {
        return Optional.empty();
      }
      if (node.isLink()) {
        throw damaged(path + " is a link to another place, which is not followed");
      }
    }
    return Optional.of(node);
  }

  private ModelFileException damaged(String what) {
    return new ModelFileException(
        "%s cannot be loaded: %s. It is damaged, or not a Keras file.".formatted(file, what));
  }

  /** What jHDF trips over, in whichever way, is a damaged file. */
  private <T> T guarded(Supplier<T> action) {
    try {
      return action.get();
    } catch (ModelFileException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new ModelFileException(
          file + " cannot be loaded: its weights are damaged, or not an HDF5 file.", e);
    }
  }

  @Override
  public void close() {
    channel.shut();
  }
}
