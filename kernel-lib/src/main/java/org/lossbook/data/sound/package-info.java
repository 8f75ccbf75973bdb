/**
 * Sound: samples from a file or of your own ({@link Sound}), and how loud each frequency is over
 * time ({@link Spectrogram}), in hertz or in mel bands.
 */
package org.lossbook.data.sound;
