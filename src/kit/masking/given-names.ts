/**
 * Given names that many people have, and that are hardly ever anything else: no Mark, Will or Grace, no Victoria. With
 * a word behind them that is written like a surname they are a person.
 */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  [
    'Aaron Abdullah Adam Adrian Agnieszka Ahmed Ahmet Alain Alan Alejandra Alejandro Aleksandra Alessandro Alexander',
    'Alexandra Alexandre Ali Alice Alicia Alina Amélie Amina Amir Amy Ana Anders Andrea Andreas Andrei Andrew Andrzej',
    'Ángel Angela Anita Anja Anke Ann Anna Anne Annika Anton Antonia Antonio António Aoife Arjun Arne Arthur Astrid',
    'Ayşe Barbara Bartosz Beata Beatrice Beatriz Ben Benjamin Bernd Bettina Birgit Björn Brian Brigitte Bruno Camille',
    'Carla Carlos Carmen Carol Caroline Catherine Cécile Charles Charlotte Chiara Chloé Christian Christina Christine',
    'Christoph Christophe Christopher Claire Clara Claudia Clemens Cristina Cristian Daniel Daniela David Deborah Denis',
    'Dennis Diego Dieter Dirk Dmitri Dominik Donald Donna Dorota Dorothea Edith Eduardo Edward Ekaterina Elena Elisa',
    'Elisabeth Elizabeth Elke Élodie Emil Emily Emma Emmanuel Enrique Eric Erik Erika Ernst Esther Eva Evelyn Fabian',
    'Fatima Fatma Federico Felix Fernanda Fernando Florian Francesca Francesco Francisco Frank François Françoise Franz',
    'Frederik Friedrich Fritz Gabriel Gabriela Gabriele Gareth Gary Geoffrey Georg George Gerald Gerhard Giorgio',
    'Giovanni Giulia Giuseppe Gonzalo Grażyna Gregor Gregory Greta Grzegorz Guillaume Gunnar Günther Gustav Hanna Hannah',
    'Hans Harald Harold Hassan Heike Heinrich Heinz Helen Helena Helga Helmut Hendrik Henri Henrik Henry Herbert Hermann',
    'Hiroshi Holger Hugo Ibrahim Ignacio Igor Inês Inga Ingrid Irena Irene Irina Isabel Isabella Isabelle Ivan Ivana',
    'Jacek Jacqueline Jacques Jakob Jakub James Jan Jane Janet Janina Janine Javier Jean Jeffrey Jennifer Jens Jeremy',
    'Jérôme Jessica Jill João Joachim Joan Joanna Jochen Johan Johann Johanna Johannes John Jonas Jonathan Jörg Jorge',
    'José Josef Joseph Joshua Juan Juana Julia Julian Juliane Julie Julien Jürgen Jutta Kai Karen Karin Karl Karla Karolina',
    'Katarzyna Kateryna Katharina Katherine Kathleen Kathrin Katja Katrin Kelly Kenji Kenneth Kerstin Kevin Khalid Kimberly',
    'Klara Klaus Konrad Krzysztof Kumar Kurt Lars Laura Laurence Laurent Lea Léa Lena Leon Leonardo Leonie Lisa Lorenzo',
    'Luca Lucas Lucia Lucía Luigi Luis Luísa Luiz Lukas Lutz Lydia Magdalena Małgorzata Manfred Manon Manuel Manuela',
    'Marc Marcel Marcelo Marcin Marco Marcus Margaret Margarete Margarida Maria María Marie Mariana Marina Mario Marion',
    'Marius Markus Marlene Marta Martha Martin Martina Mary Mateusz Mathilde Mats Matteo Matthew Matthias Maurice Mauro',
    'Maximilian Mehmet Melanie Mercedes Michael Michał Michel Michelle Miguel Mihai Mika Mikael Milan Mohamed Mohammad',
    'Mohammed Monika Monique Moritz Mustafa Nadia Nadine Nancy Natalia Natalie Nathalie Nicholas Nicola Nicolas Nicole',
    'Nikolai Nils Nina Noah Nora Norbert Oksana Olaf Oleksandr Olena Olga Oliver Olivia Olivier Omar Oscar Oskar Otto',
    'Pablo Paola Paolo Pascal Patrícia Patricia Patrick Patrizia Paul Paula Pauline Paulo Paweł Pedro Peter Petra Philip',
    'Philipp Philippe Pierre Pilar Piotr Priya Rachel Rafael Rainer Raj Rajesh Ralf Ralph Ramón Raquel Raúl Rebecca Regina',
    'Reinhard Renate René Ricardo Riccardo Richard Rita Robert Roberto Rodrigo Roger Roland Rolf Roman Ronald Rosa Rosario',
    'Rüdiger Rudolf Rui Ruth Sabine Sabrina Salvatore Samantha Samuel Sandra Sanjay Sara Sarah Sascha Scott Sébastien',
    'Sebastian Sergei Sergio Serhii Siegfried Silke Silvia Simone Siobhán Sofia Sofía Sonja Sophia Sophie Stefan Stefanie',
    'Stéphane Stephanie Stephen Steven Sunita Susan Susana Susanne Svetlana Sylvie Takashi Tamara Tanja Tatiana Teresa',
    'Theodor Theresa Thérèse Thomas Thierry Thorsten Tiago Tim Timo Tobias Tom Tomasz Tomás Torsten Ulrich Ulrike Ursula',
    'Uwe Valentina Valérie Vanessa Vera Verena Verónica Vincent Vladimir Volker Walter Wanda Werner Wiebke Wilhelm William',
    'Wojciech Wolfgang Xavier Yasmin Yolanda Yuki Yusuf Yves Zofia',
  ]
    .join(' ')
    .split(' '),
);
