package org.lossbook.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptPointsTest {
  @AfterEach
  void clear() {
    InterruptPoints.clear();
  }

  /** What a cell might compile to. */
  public static final class Sums implements java.util.function.IntUnaryOperator {
    @Override
    public int applyAsInt(int n) {
      int sum = 0;
      int i = 0;
      do {
        try {
          sum += i % 2 == 0 ? i : -i;
        } catch (RuntimeException e) {
          sum = -1;
        }
        i++;
      } while (n < 0 || i < n);
      return sum;
    }
  }

  @Test
  void codeWithPointsComputesWhatItDidBefore() throws Exception {
    for (int n : new int[] {1, 2, 10, 100_001}) {
      assertThat(withPoints().applyAsInt(n)).isEqualTo(new Sums().applyAsInt(n));
    }
  }

  @Test
  void aRaisedInterruptEndsALoopOnTheThreadsItMeans() throws Exception {
    var loop = withPoints();
    var thrown = new AtomicReference<Throwable>();
    var endless =
        new Thread(
            () -> {
              try {
                loop.applyAsInt(-1);
              } catch (CellInterrupted e) {
                thrown.set(e);
              }
            });
    endless.start();
    Thread.sleep(50);
    InterruptPoints.raise(thread -> thread == endless);
    assertThat(loop.applyAsInt(3)).isEqualTo(1); // another thread passes the same points
    endless.join();
    assertThat(thrown.get()).isInstanceOf(CellInterrupted.class);
  }

  private static java.util.function.IntUnaryOperator withPoints() throws Exception {
    byte[] bytes = InterruptPoints.insertInto(bytes(Sums.class));
    var loader =
        new ClassLoader(InterruptPointsTest.class.getClassLoader()) {
          Class<?> define() {
            return defineClass(Sums.class.getName(), bytes, 0, bytes.length);
          }
        };
    Class<?> instrumented = loader.define();
    return (java.util.function.IntUnaryOperator) instrumented.getConstructor().newInstance();
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
