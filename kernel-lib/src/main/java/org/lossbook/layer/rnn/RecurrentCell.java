package org.lossbook.layer.rnn;

import org.lossbook.layer.Layer;

/**
 * A cell: what a recurrent layer computes at each step. {@code rnn(lstmCell(64))} reads a sequence
 * with it; {@code lstmCell(64).of(x, h, c)} is one step, whose states after it are further outputs.
 */
public interface RecurrentCell extends Layer {}
